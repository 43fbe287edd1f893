/** Components that are loaded when they are first needed, or while nobody waits. */
import type { ComponentType } from 'react'
import { loadTexts } from '../i18n/language.ts'
import { lazily } from '../ui/lazily.tsx'

/** The arguments of a function that opens something with properties: none, if all of them are optional. */
export type PropsOf<P> = Record<never, never> extends P ? [props?: P] : [props: P]

const NOTHING_TO_TELL = [() => undefined, () => undefined] as const

type Loaded<P> = ComponentType<P> & { load(): Promise<void> }

/**
 * A component that is loaded on its first use, together with the texts that the first page does not need.
 * It suspends meanwhile: render it inside `Suspense`. `load` begins earlier; a failure is told by the use.
 */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): Loaded<P> => {
  const both = async (): Promise<ComponentType<P>> => {
    const [component] = await Promise.all([load(), loadTexts('rest')])
    return component
  }
  return Object.assign(lazily(both), { load: () => both().then(...NOTHING_TO_TELL) })
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
