/** The limit of accounts that administrators have set, and how many there are. */
import { Value } from '@plausch/client'
import { system } from '@plausch/wire'
import { client } from '../../../platform/client.ts'

export type Seats = { used: number; max: number }

/** Undefined for everybody but administrators, and without a limit. */
export const seats = new Value<Seats | undefined>(undefined)

const HOUR_MS = 3_600_000

/** As it is now, for administrators. `max` is 0 without a limit. */
export const countSeats = async (): Promise<Seats> => {
  const { activeUserCount: used, maxUsersLimit: max } = await client.call(system.limits)
  return { used, max }
}

const load = async (): Promise<void> => {
  if (!client.me.get()?.roles.split(' ').includes('system_admin')) return seats.set(undefined)
  const counted = await countSeats()
  seats.set(counted.max > 0 ? counted : undefined)
}

/** Asks at the start, when a setting has changed, and now and then. */
export const watchSeats = (): (() => void) => {
  // Nobody waits for it; the next time asks again.
  const ask = (): void => void load().catch(() => undefined)
  ask()
  const timer = setInterval(ask, HOUR_MS)
  const end = client.settings.config.subscribe(ask)
  return () => {
    clearInterval(timer)
    end()
  }
}
