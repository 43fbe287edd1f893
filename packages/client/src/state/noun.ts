/** What every noun of the state gets and provides. */
import type { Home } from '@plausch/wire'
import type { Call } from '../api.ts'
import type { Handlers } from '../events.ts'
import type { Device } from '../local/device.ts'
import type { Value } from '../source.ts'

/** Small texts kept on this device, for example in localStorage. Failing to store one is no failure. */
export type Storage = {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
}

/** Runs work while no other tab of the same account runs work of that name. */
export type Exclusive = <T>(name: string, work: () => Promise<T>) => Promise<T>

export type Context = {
  call: Call
  /** The public settings. The session may know them before anybody has signed in. */
  config: Value<Record<string, string>>
  /** The id of the signed-in person; '' before the first load. */
  me(): string
  /**
   * Background work, such as loading what an event only names. Its failure is reported; `settled` waits for
   * it.
   */
  track(work: Promise<unknown>): void
  /** Milliseconds since the epoch, by this machine's clock. */
  now(): number
  storage: Storage
  /** The local database. */
  device: Device
  exclusive: Exclusive
}

/**
 * A noun of the state: `load` takes its part of the start bundle, `on` handles its events, `clear` forgets
 * everything.
 */
export type Noun = {
  on: Handlers
  load(home: Home): void
  clear(): void
}

/** Indexes a list by one of its properties. */
export const byKey = <T>(records: readonly T[], key: (record: T) => string): Map<string, T> =>
  new Map(records.map((record) => [key(record), record]))
