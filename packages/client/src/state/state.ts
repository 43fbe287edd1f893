/** The state of a client: all nouns, and what feeds them. */
import type { Home } from '@plausch/wire'
import { home as operations } from '@plausch/wire'
import type { Call } from '../api.ts'
import { batch, Value } from '../source.ts'
import { createFeed } from './feed.ts'
import type { Context, Noun, Storage } from './noun.ts'
import { createNouns } from './nouns.ts'

export type StateOptions = {
  call: Call
  /** The public settings, if the session knows them already. */
  config?: Value<Record<string, string>>
  storage?: Storage
  now?: () => number
  /** Gets failures of background work; the state continues. */
  onProblem?: (error: unknown) => void
}

const memoryStorage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  }
}

/** Background work: its failures are reported, and `settled` waits for all of it. */
const createWork = (onProblem: StateOptions['onProblem']) => {
  const running = new Set<Promise<unknown>>()
  return {
    track(work: Promise<unknown>): void {
      const guarded = work
        .catch((error: unknown) => onProblem?.(error))
        .finally(() => running.delete(guarded))
      running.add(guarded)
    },
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/**
 * Makes an empty state. `load` and `apply` feed it; it calls `call` to load data that an event only names.
 */
export const createState = ({
  call,
  config = new Value({}),
  storage = memoryStorage(),
  now = Date.now,
  onProblem,
}: StateOptions) => {
  const myId = new Value('')
  const { track, settled } = createWork(onProblem)
  const context: Context = { call, config, me: myId.get, track, now, storage }
  /** How many start bundles were loaded. After each, the data on screen must be brought up to date. */
  const loads = new Value(0)

  const { nouns, me, isCollapsed, nameForm } = createNouns(context, myId, () => feed.reload())
  const all: Noun[] = Object.values(nouns)

  const load = (home: Home): void => {
    batch(() => {
      myId.set(home.me.id)
      for (const noun of all) noun.load(home)
      loads.set(loads.get() + 1)
    })
  }

  const feed = createFeed({ nouns: all, fetch: () => call(operations.get), load, onProblem })

  return {
    ...nouns,
    /** The signed-in person, once loaded. */
    me,
    myId,
    nameForm,
    /** Are replies shown in threads, apart from their channel? */
    isCollapsed,
    loads,
    /** Takes a start bundle. */
    load,
    apply: feed.apply,
    reload: feed.reload,
    /** Resolves when no background work is running. */
    settled,
    clear(): void {
      feed.clear()
      batch(() => {
        for (const noun of all) noun.clear()
        myId.set('')
      })
    },
  }
}

export type State = ReturnType<typeof createState>
