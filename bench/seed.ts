/**
 * The people, places and messages of a run, made through the public API, so that any server of v4 can be
 * seeded. A file in the data folder records them, and the next run with the same size reuses them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Api, createApi } from '@plausch/client'
import { channels, members, onboarding, sessions, settings, teams } from '@plausch/wire'
import { requestFrom, type Worker } from './load/crew.ts'
import type { Lane } from './load/requests.ts'
import { pick, randomOf, sentence } from './words.ts'

export type Size = {
  users: number
  /** People who have a session, and may listen. */
  listeners: number
  channels: number
  posts: number
}

export const sizes = {
  /** The size for the figures of record. */
  full: { users: 2000, listeners: 1000, channels: 200, posts: 100_000 },
  short: { users: 180, listeners: 100, channels: 40, posts: 4000 },
} satisfies Record<string, Size>

export type Person = { id: string; username: string; token: string }

export type Seed = {
  size: Size
  team: string
  /** Signed in, members of `busy`, and without a socket. */
  authors: Person[]
  /** Signed in, members of `large` (all) and of `busy` (the first 20). */
  listeners: Person[]
  /** Signed in, and members of `small` only. */
  bystanders: Person[]
  /** 20 channels with the same 20 listeners and all authors. */
  busy: string[]
  /** The channel with all listeners. */
  large: string
  /** The channel with the bystanders and all authors. */
  small: string
  /** All other channels: some people each. */
  quiet: string[]
}

const AUTHORS = 64
const BYSTANDERS = 2
export const BUSY = 20
export const BUSY_LISTENERS = 20
export const PASSWORD = 'correct horse battery'

/** Runs work for each element of a list, a few at a time, in order. */
export const each = async <T, R>(
  list: readonly T[],
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at] as T, at)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return results
}

export const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size))

export const signedIn = async (url: string, username: string): Promise<{ api: Api; id: string }> => {
  const api = createApi({ baseUrl: url })
  const { id } = await api.call(sessions.login, { body: { login_id: username, password: PASSWORD } })
  return { api, id }
}

export const accountOf = (username: string) => ({
  username,
  email: `${username}@example.invalid`,
  password: PASSWORD,
})

export const begin = async (url: string): Promise<Api> => {
  await createApi({ baseUrl: url }).call(onboarding.signUp, { body: accountOf('root') })
  const { api } = await signedIn(url, 'root')
  await api.call(settings.patch, {
    body: {
      TeamSettings: {
        MaxUsersPerTeam: 100_000,
        MaxChannelsPerTeam: 100_000,
        MaxNotificationsPerChannel: 100_000,
      },
      ServiceSettings: { EnableLinkPreviews: false },
    },
  })
  return api
}

type Say = (line: string) => void

/** Writes posts, each in a random channel of its author. */
export const writePosts = async (
  url: string,
  workers: readonly Worker[],
  count: number,
  authors: readonly Person[],
  channelsOf: (index: number) => readonly string[],
): Promise<void> => {
  const random = randomOf(11)
  const each = Math.ceil(count / authors.length)
  const lanes: Lane[] = authors.map(({ token }, index) => ({
    token,
    rounds: Array.from({ length: each }, () => {
      const body = JSON.stringify({ channel_id: pick(random, channelsOf(index)), message: sentence(random) })
      return [{ method: 'POST', path: '/api/v4/posts', body }]
    }),
  }))
  const { failed } = await requestFrom(workers, { url, lanes, rounds: each })
  if (Object.keys(failed).length > 0) throw new Error(`posts were refused: ${JSON.stringify(failed)}`)
}

/** Fills an empty server. */
export const seed = async (url: string, size: Size, workers: readonly Worker[], say: Say): Promise<Seed> => {
  const admin = await begin(url)
  const team = await admin.call(teams.create, { body: { name: 'lab', display_name: 'Lab', type: 'O' } })
  say(`${size.users} accounts …`)
  const names = Array.from({ length: size.users }, (_, n) => `user${n}`)
  const people = await each(names, (name) => admin.call(onboarding.signUp, { body: accountOf(name) }))
  for (const some of chunks(people, 100)) {
    const body = some.map(({ id }) => ({ team_id: team.id, user_id: id }))
    await admin.call(teams.addMembers, { params: { team_id: team.id }, body })
  }
  const known = size.listeners + AUTHORS + BYSTANDERS
  say(`${known} sessions …`)
  const persons = await each(people.slice(0, known), async ({ username, id }) => {
    const { api } = await signedIn(url, username)
    return { id, username, token: api.token() }
  })
  const listeners = persons.slice(0, size.listeners)
  const authors = persons.slice(size.listeners, size.listeners + AUTHORS)
  const bystanders = persons.slice(size.listeners + AUTHORS)
  say(`${size.channels} channels …`)
  const random = randomOf(3)
  const make = async (name: string, ids: readonly string[]): Promise<string> => {
    const body = { team_id: team.id, name, display_name: name, type: 'O' as const }
    const { id } = await admin.call(channels.create, { body })
    for (const user_ids of chunks(ids, 100))
      await admin.call(members.add, { params: { channel_id: id }, body: { user_ids } })
    return id
  }
  const idsOf = (some: readonly { id: string }[]) => some.map(({ id }) => id)
  const inBusy = [...idsOf(authors), ...idsOf(listeners.slice(0, BUSY_LISTENERS))]
  const busy = await each(Array.from({ length: BUSY }), (_, n) => make(`busy-${n}`, inBusy))
  const large = await make('large', [...idsOf(listeners), ...idsOf(authors)])
  const small = await make('small', [...idsOf(bystanders), ...idsOf(authors)])
  const quiet = await each(Array.from({ length: size.channels - BUSY - 2 }), (_, n) =>
    make(`quiet-${n}`, [...idsOf(authors), ...Array.from({ length: 30 }, () => pick(random, people).id)]),
  )
  say(`${size.posts} posts …`)
  const all = [...busy, large, ...quiet]
  await writePosts(url, workers, size.posts, authors, () => all)
  return { size, team: team.id, authors, listeners, bystanders, busy, large, small, quiet }
}

/** The seed of the data folder, if it has this size. */
export const seedIn = (file: string, size: Size): Seed | undefined => {
  if (!existsSync(file)) return undefined
  const known = JSON.parse(readFileSync(file, 'utf8')) as Seed
  return JSON.stringify(known.size) === JSON.stringify(size) ? known : undefined
}

export const keepSeed = (file: string, made: Seed): void =>
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
