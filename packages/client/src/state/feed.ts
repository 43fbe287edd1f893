/** Passes start bundles and events to the nouns. Events that come while a bundle is being loaded wait for it. */
import type { EventFrame, Home } from '@plausch/wire'
import { type DecodedFrame, decode } from '../events.ts'
import { batch } from '../source.ts'
import type { Noun } from './noun.ts'

type Handler = (data: unknown, frame: DecodedFrame) => void

/** The handlers of each event, in the order of the nouns. */
const handlersOf = (nouns: readonly Noun[]): ReadonlyMap<string, readonly Handler[]> => {
  const handlers = new Map<string, Handler[]>()
  for (const { on } of nouns) {
    for (const [event, handler] of Object.entries(on)) {
      handlers.set(event, [...(handlers.get(event) ?? []), handler as Handler])
    }
  }
  return handlers
}

export type Feed = {
  /** Applies an event; while a start bundle is being loaded, the event waits. */
  apply(frame: EventFrame): void
  /** Loads the start bundle; events that come meanwhile are applied after it. */
  reload(): Promise<void>
  /** Forgets what is waiting, and bundles that are under way. */
  clear(): void
}

type FeedOptions = {
  nouns: readonly Noun[]
  /** Asks for the start bundle. */
  fetch(): Promise<Home>
  load(home: Home): void
  onProblem?: (error: unknown) => void
}

export const createFeed = ({ nouns, fetch, load, onProblem }: FeedOptions): Feed => {
  const handlers = handlersOf(nouns)
  /**
   * Frames that came while the start bundle was being loaded; those that the bundle already contains do no
   * harm.
   */
  let held: EventFrame[] = []
  let reloads = 0
  let epoch = 0

  const apply = (frame: EventFrame): void => {
    if (reloads > 0) {
      held.push(frame)
      return
    }
    const interested = handlers.get(frame.event)
    if (!interested) return
    try {
      const decoded = decode(frame)
      batch(() => {
        for (const handle of interested) handle(decoded.data, decoded)
      })
    } catch (error) {
      onProblem?.(error)
    }
  }

  const reload = async (): Promise<void> => {
    const mine = epoch
    reloads++
    try {
      const bundle = await fetch()
      if (mine === epoch) load(bundle)
    } finally {
      reloads--
      if (reloads === 0) {
        const frames = held
        held = []
        batch(() => frames.forEach(apply))
      }
    }
  }

  return {
    apply,
    reload,
    clear() {
      epoch++
      held = []
    },
  }
}
