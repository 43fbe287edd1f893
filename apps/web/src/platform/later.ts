/** Components that are loaded when they are first needed, or while nobody waits. */
import { type ComponentType, lazy } from 'react'
import { loadTexts } from '../i18n/language.ts'

/** The arguments of a function that opens something with properties: none, if all of them are optional. */
export type PropsOf<P> = Record<never, never> extends P ? [props?: P] : [props: P]

type Loaded<P> = ComponentType<P> & { load(): Promise<void> }

/**
 * A component that is loaded on its first use, together with the texts that the first page does not need.
 * It suspends meanwhile: render it inside `Suspense`. `load` begins earlier.
 */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): Loaded<P> => {
  const both = async (): Promise<{ default: ComponentType<P> }> => {
    const [component] = await Promise.all([load(), loadTexts('rest')])
    return { default: component }
  }
  const component = lazy(both) as unknown as ComponentType<P>
  return Object.assign(component, { load: async () => void (await both()) })
}

/** Runs work when the browser has nothing else to do, or at the latest after `timeout` milliseconds. */
export const whenIdle = (work: () => void, timeout = 5000): void => {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout })
  else setTimeout(work, 1000)
}

/**
 * Work in the background whose code is loaded when it begins, together with the texts that the first page
 * does not need. A failure to load is as harmless as having no such work; the next start tries again.
 */
export const laterWork =
  (load: () => Promise<() => () => void>): (() => () => void) =>
  () => {
    let isOver = false
    let end: (() => void) | undefined
    Promise.all([load(), loadTexts('rest')]).then(
      ([begin]) => {
        if (!isOver) end = begin()
      },
      () => undefined,
    )
    return () => {
      isOver = true
      end?.()
    }
  }
