/** How often and how lately the reader was in each channel. It stays on this device. */
import { storage } from '../../../browser/storage.ts'
import { client } from '../../../platform/client.ts'
import { hereChannelId } from '../../../platform/place.ts'

type Visit = [count: number, at: number]
type Visits = Record<string, Visit>

const HALF_LIFE_MS = 7 * 24 * 3600_000
/** Who only passes through has not visited. */
const STAY_MS = 1500
const MOST = 300

const key = (): string => `visits/${client.myId.get()}`

const isVisit = (value: unknown): value is Visit =>
  Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number')

const read = (): Visits => {
  try {
    const value = JSON.parse(storage.get(key()) ?? '{}') as unknown
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, Visit] => isVisit(entry[1])),
    )
  } catch {
    return {}
  }
}

/** What a visit is still worth: half of it each week. */
const worth = ([count, at]: Visit, now: number): number => count * 0.5 ** ((now - at) / HALF_LIFE_MS)

/** Counts a visit. */
export const noteChannel = (channelId: string, now = Date.now()): void => {
  const all = read()
  const before = all[channelId]
  const next: Visits = { ...all, [channelId]: [(before ? worth(before, now) : 0) + 1, now] }
  const kept = Object.entries(next)
    .sort(([, a], [, b]) => worth(b, now) - worth(a, now))
    .slice(0, MOST)
  storage.set(key(), JSON.stringify(Object.fromEntries(kept)))
}

/** The worth of the visits of each channel now. */
export const visitRanks = (now = Date.now()): ReadonlyMap<string, number> =>
  new Map(Object.entries(read()).map(([id, visit]) => [id, worth(visit, now)]))

/** Counts visits while somebody is signed in. */
export const followVisits = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const arrived = (): void => {
    clearTimeout(timer)
    const id = hereChannelId.get()
    if (id !== '') timer = setTimeout(() => noteChannel(id), STAY_MS)
  }
  arrived()
  const end = hereChannelId.subscribe(arrived)
  return () => {
    clearTimeout(timer)
    end()
  }
}
