/** The state of a client: all nouns, and what feeds them. */
import type { Home } from '@plausch/wire'
import { home as operations } from '@plausch/wire'
import type { Call } from '../api.ts'
import type { OpenDatabase } from '../local/database.ts'
import { createDevice } from '../local/device.ts'
import { batch, Value } from '../source.ts'
import { type Changes, createChanges, type Refusal } from './changes.ts'
import { createCopies } from './copies.ts'
import { createFeed } from './feed.ts'
import type { Context, Exclusive, Noun, Storage } from './noun.ts'
import { createNouns, type Nouns } from './nouns.ts'

export type StateOptions = {
  call: Call
  /** The public settings, if the session knows some already. */
  config?: Value<Record<string, string>>
  storage?: Storage
  now?: () => number
  /** Gets failures of background work; the state continues. */
  onProblem?: (error: unknown) => void
  /** Gets changes that the server refused later than at the first attempt; they are undone. */
  onRefused?: (refusal: Refusal) => void
  /** Opens the local database; without it nothing outlives the client. */
  openDatabase?: OpenDatabase
  /** Runs work when the page has time for it. */
  whenIdle?: (work: () => void) => void
  /** Keeps other tabs from doing the same at the same time. */
  exclusive?: Exclusive
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

/** What people wrote and changed here, and the server does not have yet. */
const writingsOf = ({ track }: Context, { posts, drafts }: Nouns, changes: Changes) => ({
  /** Takes over what is stored on the device: after a restart, or of other tabs. */
  async adopt(): Promise<void> {
    await Promise.all([posts.outbox.adopt(), changes.adopt(), drafts.adopt()])
  },
  /** The server may be reachable: sends what waits. */
  resume(): void {
    posts.outbox.resume()
    changes.resume()
    track(drafts.saveAll())
  },
  /** The page may end now: puts aside what may not be stored yet, without waiting. */
  putAside(): void {
    for (const each of [posts.outbox, changes, drafts]) each.putAside()
  },
  /** Deletes what was put aside: the next person who signs in must not read it. */
  forget(): void {
    for (const each of [posts.outbox, changes, drafts]) each.forget()
  },
  /** Forgets it here; it stays on the device. */
  clear(): void {
    posts.outbox.clear()
    drafts.clear()
    changes.clear()
  },
})

const createContext = (options: StateOptions, me: () => string) => {
  const { call, config = new Value({}), storage = memoryStorage(), now = Date.now, onProblem } = options
  const { track, settled } = createWork(onProblem)
  const { openDatabase, whenIdle, exclusive = (_, work) => work() } = options
  const device = createDevice({ open: openDatabase, whenIdle, onProblem })
  const named: Exclusive = (name, work) => exclusive(`${me()}/${name}`, work)
  const context: Context = { call, config, me, track, now, storage, device, exclusive: named }
  return { context, settled }
}

/**
 * Makes an empty state. `load` and `apply` feed it; it calls `call` to load data that an event only names.
 */
export const createState = (options: StateOptions) => {
  const myId = new Value('')
  const { context, settled } = createContext(options, myId.get)
  const changes = createChanges(context, (refusal) => options.onRefused?.(refusal))
  /** How many start bundles were loaded. After each, the data on screen must be brought up to date. */
  const loads = new Value(0)

  const { nouns, me, isCollapsed, nameForm } = createNouns({ ...context, changes }, myId, () => feed.reload())
  const all: Noun[] = Object.values(nouns)

  const load = (home: Home): void => {
    batch(() => {
      myId.set(home.me.id)
      for (const noun of all) noun.load(home)
      loads.set(loads.get() + 1)
    })
  }

  const fetch = (): Promise<Home> => options.call(operations.get)
  const feed = createFeed({ nouns: all, fetch, load, onProblem: options.onProblem })

  return {
    ...nouns,
    /** The signed-in person, once loaded. */
    me,
    myId,
    nameForm,
    /** Are replies shown in threads, apart from their channel? */
    isCollapsed,
    loads,
    changes,
    device: context.device,
    copies: createCopies(context, nouns, myId),
    writings: writingsOf(context, nouns, changes),
    /** Takes a start bundle. */
    load,
    apply: feed.apply,
    reload: feed.reload,
    /** Resolves when no background work is running. */
    settled,
    clear(): void {
      feed.clear()
      batch(() => {
        changes.clear()
        for (const noun of all) noun.clear()
        myId.set('')
      })
    },
  }
}

export type State = ReturnType<typeof createState>
