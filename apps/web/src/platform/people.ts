/** What is shown of people beside their names: pictures and custom statuses. */
import { customStatusOf, keyed, type ShownStatus, type Source, select, Value } from '@plausch/client'
import { client } from './client.ts'

/**
 * The address of a person's picture; '' if they have none, because the server would then draw initials, and
 * so does the page.
 */
export const pictureOf: (userId: string) => Source<string> = keyed((userId) =>
  select((read) => {
    const changedAt = read(client.users.records.at(userId))?.last_picture_update ?? 0
    return changedAt > 0 ? `/api/v4/users/${userId}/image?_=${changedAt}` : ''
  }),
)

/** Is this account a guest? A guest is a guest everywhere. */
export const isGuest = ({ roles }: { roles: string }): boolean => roles.split(' ').includes('system_guest')

const MINUTE_MS = 60_000
const now = new Value(Date.now())
let ticks: ReturnType<typeof setInterval> | undefined
let watchers = 0

/** The time, by the minute. It only runs while something on the screen needs it. */
export const minute: Source<number> = {
  get: now.get,
  subscribe(listener) {
    watchers += 1
    ticks ??= setInterval(() => now.set(Date.now()), MINUTE_MS)
    const end = now.subscribe(listener)
    return () => {
      end()
      watchers -= 1
      if (watchers > 0) return
      clearInterval(ticks)
      ticks = undefined
    }
  },
}

const sameStatus = (a: ShownStatus | undefined, b: ShownStatus | undefined): boolean =>
  a === b || (a?.emoji === b?.emoji && a?.text === b?.text && a?.expiresAt === b?.expiresAt)

/** A person's custom status, until it ends. */
export const customStatus: (userId: string) => Source<ShownStatus | undefined> = keyed((userId) =>
  select((read) => {
    if (read(client.settings.config).EnableCustomUserStatuses === 'false') return undefined
    const user = read(client.users.records.at(userId))
    const found = customStatusOf(user, Date.now())
    return found && found.expiresAt > 0 ? customStatusOf(user, Math.max(read(minute), Date.now())) : found
  }, sameStatus),
)
