/**
 * Statuses of people. v4 sends people only events about themselves, so this noun asks for the statuses of
 * people on screen.
 */
import { type Home, presence as operations, type Status } from '@plausch/wire'
import { Collection } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'

export type StatusName = Status['status']

const ASK_EVERY_MS = 60_000
const MOST_AT_ONCE = 200

/** The people on screen, for whom the server is asked from time to time. */
const createWatched = (
  { track }: Context,
  isKnown: (userId: string) => boolean,
  ask: (ids: string[]) => Promise<void>,
) => {
  const watched = new Map<string, number>()
  let timer: ReturnType<typeof setInterval> | undefined
  let isScheduled = false

  const askUnknown = (): void => {
    isScheduled = false
    const unknown = [...watched.keys()].filter((id) => !isKnown(id))
    if (unknown.length > 0) track(ask(unknown))
  }

  return {
    /** Keeps the statuses of these people up to date until the result is called. */
    watch(ids: readonly string[]): () => void {
      for (const id of ids) watched.set(id, (watched.get(id) ?? 0) + 1)
      if (!isScheduled) {
        isScheduled = true
        setTimeout(askUnknown, 20)
      }
      return () => {
        for (const id of ids) {
          const left = (watched.get(id) ?? 1) - 1
          if (left > 0) watched.set(id, left)
          else watched.delete(id)
        }
      }
    },
    /** Asks at once for everybody on screen. */
    refresh: (): Promise<void> => ask([...watched.keys()]),
    start(): void {
      clearInterval(timer)
      timer = setInterval(() => {
        if (watched.size > 0) track(ask([...watched.keys()]))
      }, ASK_EVERY_MS)
    },
    stop: () => clearInterval(timer),
  }
}

export const createPresence = (context: Context) => {
  const { call, me, now } = context
  const records = new Collection<Status>()

  const put = (status: Status): void => {
    const known = records.one(status.user_id)
    const isSame = known?.status === status.status && known.dnd_end_time === status.dnd_end_time
    if (!isSame) records.set(status.user_id, status)
  }

  const ask = async (ids: string[]): Promise<void> => {
    for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
      const some = ids.slice(i, i + MOST_AT_ONCE)
      for (const status of await call(operations.listByIds, { body: some })) put(status)
    }
  }

  const set = (userId: string, status: StatusName): void => {
    const known = records.one(userId)
    put(
      known
        ? { ...known, status }
        : { user_id: userId, status, manual: false, last_activity_at: now(), dnd_end_time: 0 },
    )
  }

  const noun: Noun = {
    on: {
      status_change: ({ user_id, status }) => set(user_id, status),
      // An author is online, unless they set their status by hand.
      posted: ({ post, set_online }) => {
        const known = records.one(post.user_id)
        if (set_online && known && !known.manual && known.status !== 'online') set(post.user_id, 'online')
      },
    },
    load(home: Home) {
      for (const status of byKey(home.statuses, ({ user_id }) => user_id).values()) put(status)
    },
    clear: () => records.clear(),
  }

  return {
    ...noun,
    records,
    ...createWatched(context, (id) => records.has(id), ask),
    async setMine(status: 'online' | 'away' | 'dnd' | 'offline', dndEndSeconds = 0): Promise<void> {
      const body = { user_id: me(), status, ...(dndEndSeconds > 0 ? { dnd_end_time: dndEndSeconds } : {}) }
      put(await call(operations.set, { params: { user_id: 'me' }, body }))
    },
  }
}

export type Presence = ReturnType<typeof createPresence>
