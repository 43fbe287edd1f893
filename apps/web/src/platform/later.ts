/** Components that are loaded when they are first needed, or while nobody waits. */
import type { ComponentType } from 'react'
import { loadTexts } from '../i18n/language.ts'
import { lazily } from '../ui/lazily.tsx'

/** The arguments of a function that opens something with properties: none, if all of them are optional. */
export type PropsOf<P> = Record<never, never> extends P ? [props?: P] : [props: P]

/** Pages without messages are complete by then. */
const LATEST_MS = 3000
let resolveShown = (): void => undefined

/** Resolves when the first messages are painted: what nobody sees before is not loaded before. */
export const afterMessages = new Promise<void>((resolve) => {
  resolveShown = resolve
  setTimeout(resolve, LATEST_MS)
})

/** The first messages are about to be painted. */
export const messagesShown = (): void => void requestAnimationFrame(() => setTimeout(resolveShown))

const NOTHING_TO_TELL = [() => undefined, () => undefined] as const

type Loaded<P> = ComponentType<P> & { load(): Promise<void> }

/**
 * A component that is loaded on its first use, together with the texts that the first page does not need.
 * It suspends meanwhile: render it inside `Suspense`. `load` begins earlier; a failure is told by the use. Neither
 * begins before `after`.
 */
export const later = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  after?: Promise<void>,
): Loaded<P> => {
  const both = async (): Promise<ComponentType<P>> => {
    await after
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

/** Runs work when the messages are painted and the browser has nothing else to do. */
export const whenSettled = (work: () => void): void => void afterMessages.then(() => whenIdle(work))

/**
 * Work in the background whose code is loaded after the first messages, together with the texts that these do
 * not need. A failure to load is as harmless as having no such work; the next start tries again.
 */
export const laterWork =
  (load: () => Promise<() => () => void>): (() => () => void) =>
  () => {
    let isOver = false
    let end: (() => void) | undefined
    afterMessages
      .then(() => Promise.all([load(), loadTexts('rest')]))
      .then(
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
