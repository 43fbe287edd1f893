/**
 * The reference data of the bar: one person in many channels and conversations, and one busy channel with
 * every kind of message. Made through the public API; a file keeps what checks must know of it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Api, createApi } from '@plausch/client'
import {
  type Channel,
  channels,
  members,
  onboarding,
  type Post,
  posts,
  reactions,
  sessions,
  teams,
  unreads,
} from '@plausch/wire'
import { accountOf, begin, chunks, each, PASSWORD, signedIn } from '../seed.ts'
import { type Random, randomOf, sentence } from '../words.ts'

export type DataSize = {
  users: number
  channels: number
  /** Channels and conversations of the person who tests. */
  mine: number
  direct: number
  /** Messages of the busiest channel. */
  posts: number
  /** Messages of the other channels that the person visits, and how many channels have so many. */
  others: number
  deep: number
}

export const dataSizes = {
  full: { users: 2000, channels: 300, mine: 120, direct: 40, posts: 10_000, others: 65, deep: 50 },
  short: { users: 40, channels: 24, mine: 14, direct: 5, posts: 220, others: 40, deep: 8 },
} satisfies Record<string, DataSize>

type Place = Pick<Channel, 'id' | 'name' | 'display_name'>

export type Data = {
  size: DataSize
  teamId: string
  /** The person who tests, and the people who write; all have the password PASSWORD. */
  tester: string
  authors: string[]
  busiest: Place
  /** The person's other channels; the first ones have many messages. */
  places: Place[]
  /** Public channels in which the person is not. */
  foreign: Place[]
  /** The first messages of three threads in the busiest channel. */
  threads: string[]
}

export { PASSWORD }

const AUTHORS = 12
const TEAM = 'lab'
const EMOJI = 12

const FIRST =
  'Ana Bo Cem Dana Emil Finn Greta Hugo Ida Jan Kaya Lena Mia Nils Olga Pia Quirin Rosa Sven Tess'.split(' ')
const LAST =
  'Adler Brandt Celik Dietz Ebert Fuchs Groß Huber Iversen Jansen Kern Lindqvist Müller Nowak Öztürk Peters'.split(
    ' ',
  )

const nameOf = (n: number) => ({
  first_name: FIRST[n % FIRST.length] ?? '',
  last_name: `${LAST[Math.floor(n / FIRST.length) % LAST.length] ?? ''}${n >= 320 ? ` ${Math.floor(n / 320) + 1}` : ''}`,
})

/** A form for an upload; the API client only sends JSON. */
const send = async (url: string, api: Api, path: string, form: FormData): Promise<unknown> => {
  const headers = { authorization: `Bearer ${api.token()}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: form })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return await response.json()
}

const picture = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(join(import.meta.dirname, 'picture.png')))

export const uploaded = async (url: string, api: Api, channelId: string, name: string): Promise<string> => {
  const form = new FormData()
  form.append('channel_id', channelId)
  form.append('files', new File([name.endsWith('.png') ? picture() : `${name}\n`.repeat(40)], name))
  const { file_infos } = (await send(url, api, '/api/v4/files', form)) as { file_infos: { id: string }[] }
  return file_infos[0]?.id ?? ''
}

type Kind = (random: Random, n: number) => string

/** Every kind of text; most messages are plain. */
const kinds: Kind[] = [
  (random) => `**Wichtig:** ${sentence(random)} _und_ ~~nicht~~ \`if (x) return\``,
  (random, n) => `# Messung ${n}\n\n- ${sentence(random)}\n- ${sentence(random)}\n  1. ${sentence(random)}\n`,
  (random, n) =>
    `\`\`\`python\ndef scan(n=${n}):\n    for x in range(n):\n        yield x * ${Math.floor(random() * 9)}\n\`\`\``,
  (random) => `> ${sentence(random)}\n> ${sentence(random)}\n\n${sentence(random)}`,
  (random, n) =>
    `| Größe | Wert |\n| --- | ---: |\n| Druck | ${n} mbar |\n| ${sentence(random).slice(0, 20)} | 3 |`,
  (random) =>
    `${sentence(random)} https://example.org/${Math.floor(random() * 999)} :tada: :bar${Math.floor(random() * EMOJI)}:`,
  (random) => `@tess ${sentence(random)} #strahlzeit`,
  (random) => Array.from({ length: 6 }, () => sentence(random)).join('\n\n'),
  (random) => `Größe $E=mc^2$ und 😀👍🏽 ${sentence(random)}`,
]
const messageOf: Kind = (random, n) => {
  const kind = n % 4 === 0 ? kinds[(n / 4) % kinds.length] : undefined
  return kind ? kind(random, n) : sentence(random)
}

type Making = { url: string; admin: Api; writers: { id: string; api: Api }[]; random: Random }

const say = (api: Api, channel_id: string, message: string, more: object = {}): Promise<Post> =>
  api.call(posts.create, { body: { channel_id, message, ...more } })

const fillBusiest = async ({ url, writers, random }: Making, channelId: string, count: number) => {
  const writer = (n: number) =>
    (writers[Math.floor(n / 3) % writers.length] ?? writers[0]) as (typeof writers)[0]
  const threads: string[] = []
  const made = await each(Array.from({ length: count }), async (_, n) => {
    const { api, id } = writer(n)
    // One file costs as much as ten messages.
    const file_ids =
      n % 25 === 7
        ? [await uploaded(url, api, channelId, n % 50 === 7 ? `bild-${n}.png` : `lauf-${n}.txt`)]
        : []
    const post = await say(api, channelId, messageOf(random, n), { file_ids })
    if (n % 9 === 2)
      await api.call(reactions.save, { body: { user_id: id, post_id: post.id, emoji_name: 'tada' } })
    if (n % 31 === 3)
      await api.call(posts.patch, {
        params: { post_id: post.id },
        body: { message: `${post.message} (neu)` },
      })
    if (n % 97 === 5) await api.call(posts.remove, { params: { post_id: post.id } })
    return post
  })
  for (const root of [made.at(-40), made.at(-25), made.at(-10)]) {
    if (!root) continue
    threads.push(root.id)
    for (let n = 0; n < 8; n++)
      await say(writer(n * 3).api, channelId, sentence(random), { root_id: root.id })
  }
  return threads
}

const makePeople = async (admin: Api, teamId: string, count: number) => {
  const people = await each(Array.from({ length: count }), (_, n) =>
    admin.call(onboarding.signUp, { body: { ...accountOf(`person${n}`), ...nameOf(n) } }),
  )
  const body = { ...accountOf('tess'), first_name: 'Tess', last_name: 'Lindqvist' }
  const tester = await admin.call(onboarding.signUp, { body })
  for (const some of chunks([tester, ...people], 100)) {
    const rows = some.map(({ id }) => ({ team_id: teamId, user_id: id }))
    await admin.call(teams.addMembers, { params: { team_id: teamId }, body: rows })
  }
  return { tester, people }
}

const makeEmoji = async ({ url, admin }: Making, creator: string) => {
  for (let n = 0; n < EMOJI; n++) {
    const form = new FormData()
    form.append('image', new File([picture()], 'emoji.png'))
    form.append('emoji', JSON.stringify({ name: `bar${n}`, creator_id: creator }))
    await send(url, admin, '/api/v4/emoji', form)
  }
}

const makeChannels = (admin: Api, teamId: string, count: number): Promise<Channel[]> =>
  each(Array.from({ length: count }), (_, n) =>
    admin.call(channels.create, {
      body: {
        team_id: teamId,
        name: `kanal-${String(n).padStart(3, '0')}`,
        display_name: `Kanal ${String(n).padStart(3, '0')}`,
        type: 'O',
      },
    }),
  )

const plain = ({ id, name, display_name }: Channel): Place => ({ id, name, display_name })

/** Fills an empty server. */
export const makeData = async (url: string, size: DataSize, tell: (line: string) => void): Promise<Data> => {
  const admin = await begin(url)
  const team = await admin.call(teams.create, { body: { name: TEAM, display_name: 'Lab', type: 'O' } })
  tell(`${size.users} people …`)
  const { tester, people } = await makePeople(admin, team.id, size.users)
  const authors = people.slice(0, AUTHORS)
  const writers = await each(authors, ({ username }) => signedIn(url, username))
  const making: Making = { url, admin, writers, random: randomOf(5) }
  await makeEmoji(
    making,
    (await admin.call(sessions.login, { body: { login_id: 'root', password: PASSWORD } })).id,
  )
  tell(`${size.channels} channels …`)
  const all = await makeChannels(admin, team.id, size.channels)
  const own = all.slice(0, size.mine)
  await each(own, ({ id }) =>
    admin.call(members.add, {
      params: { channel_id: id },
      body: { user_ids: [tester.id, ...authors.map((author) => author.id)] },
    }),
  )
  const [busiest, ...places] = own
  if (!busiest) throw new Error('there must be a channel')
  tell(`${size.posts} messages …`)
  const threads = await fillBusiest(making, busiest.id, size.posts)
  tell('other messages …')
  await each(places, async ({ id }, at) => {
    const count = at < size.deep ? size.others : 3
    for (let n = 0; n < count; n++)
      await say((writers[n % AUTHORS] as (typeof writers)[0]).api, id, sentence(making.random))
  })
  const me = await signedIn(url, 'tess')
  await each(people.slice(0, size.direct), async ({ id }, n) => {
    const channel = await me.api.call(channels.createDirect, { body: [me.id, id] })
    await say(me.api, channel.id, `Hallo ${n}`)
  })
  await me.api.call(unreads.markRead, { params: { user_id: 'me' }, body: own.map(({ id }) => id) })
  return {
    size,
    teamId: team.id,
    tester: 'tess',
    authors: authors.map(({ username }) => username),
    busiest: plain(busiest),
    places: places.map(plain),
    foreign: all.slice(size.mine).map(plain),
    threads,
  }
}

/** The data that an earlier run left, if it has this size. */
export const dataIn = (file: string, size: DataSize): Data | undefined => {
  if (!existsSync(file)) return undefined
  const known = JSON.parse(readFileSync(file, 'utf8')) as Data
  return JSON.stringify(known.size) === JSON.stringify(size) ? known : undefined
}

export const keepData = (file: string, data: Data): void => writeFileSync(file, JSON.stringify(data))

/** Calls as one of the people. */
export const as = async (url: string, username: string): Promise<Api> => {
  const api = createApi({ baseUrl: url })
  await api.call(sessions.login, { body: { login_id: username, password: PASSWORD } })
  return api
}
