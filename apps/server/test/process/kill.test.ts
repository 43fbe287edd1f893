/**
 * The server is killed at any moment, as by a power cut, while people write. Every acknowledged message
 * exists once, also if it was sent again, and all counters agree with the posts.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiFault } from '@plausch/client'
import { type Channel, type ChannelMember, channels, members, type Post, posts, search } from '@plausch/wire'
import { expect, it } from 'vitest'
import { begin, type Client, type ServerProcess, signUp, startServer, usedFolder } from './server-process.ts'

/** `PLAUSCH_TEST_KILLS` makes the test longer, with the same number of messages for each kill. */
const KILLS = Number(process.env.PLAUSCH_TEST_KILLS ?? 20)
const CLIENTS = 10
const EACH = 5 * KILLS
const LONGEST = { timeout: 20_000 * KILLS }

/** Numbers between 0 and 1 from a seed (mulberry32), so that a failure can be repeated. */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

type Message = { channel_id: string; message: string; pending_post_id: string }
type Acknowledged = { sent: Message; post: Post }

/**
 * Sends until there is an answer, wherever the server is then. After a lost answer, it sends again with the
 * same pending id.
 */
const sendUntilAcknowledged = async (
  client: Client,
  where: () => ServerProcess,
  sent: Message,
): Promise<Post> => {
  for (;;) {
    try {
      return await client.api(where().url).call(posts.create, { body: sent })
    } catch (error) {
      if (!(error instanceof ApiFault && error.isPassing)) throw error
      await sleep(10)
    }
  }
}

const allPosts = async (reader: Client, url: string, channelId: string): Promise<Post[]> => {
  const found: Post[] = []
  for (let page = 0; ; page += 1) {
    const query = { page, per_page: 200 }
    const list = await reader.api(url).call(posts.listInChannel, { params: { channel_id: channelId }, query })
    if (list.order.length === 0) return found.reverse()
    for (const id of list.order) {
      const post = list.posts[id]
      if (post) found.push(post)
    }
  }
}

/** Computes the server's counters again from the posts themselves (oldest first). */
const recount = (written: Post[], channel: Channel, { user }: Client) => {
  const messages = written.filter((post) => post.type === '')
  const lastOwn = messages.findLastIndex((post) => post.user_id === user.id)
  const concerns = (post: Post) =>
    post.user_id !== user.id && (channel.type === 'D' || post.message.includes(`@${user.username} `))
  return {
    total: messages.length,
    // An author has read everything up to their own post.
    read: lastOwn + 1,
    mentions: messages.slice(lastOwn + 1).filter(concerns).length,
  }
}

const prepare = async (url: string) => {
  const { admin, team, townSquare } = await begin(url)
  const people: Client[] = []
  for (let n = 0; n < CLIENTS; n += 1) people.push(await signUp(url, `person${n}`, { iid: team.invite_id }))
  const create = (name: string) =>
    admin.api(url).call(channels.create, { body: { team_id: team.id, name, display_name: name, type: 'O' } })
  const open = [
    await admin.api(url).call(channels.get, { params: { channel_id: townSquare } }),
    await create('one'),
  ]
  for (const { api, user } of people) {
    for (const { id } of open.slice(1)) {
      await api(url).call(members.add, { params: { channel_id: id }, body: { user_id: user.id } })
    }
  }
  const [ana, bo] = people as [Client, Client]
  const direct = await ana.api(url).call(channels.createDirect, { body: [ana.user.id, bo.user.id] })
  return { people, open, direct }
}

/**
 * Everything that a search for a word finds in a channel. A durable fact tells the indexer what was written.
 */
const foundIn = async (reader: Client, url: string, { team_id, name }: Channel, word: string) => {
  const found: string[] = []
  for (let page = 0; ; page += 1) {
    const body = { terms: `${word} in:${name}`, is_or_search: false, page, per_page: 100 }
    const { order } = await reader.api(url).call(search.postsInTeam, { params: { team_id }, body })
    if (order.length === 0) return found
    found.push(...order)
  }
}

it(
  'loses and duplicates nothing, and indexes everything, if it is killed while ten people write',
  LONGEST,
  async () => {
    const seed = Number(process.env.PLAUSCH_TEST_SEED ?? Date.now() % 1_000_000)
    process.stdout.write(`kill test: seed ${seed} (PLAUSCH_TEST_SEED repeats it)\n`)
    const random = randomFrom(seed)
    const data = await usedFolder()
    let server = await startServer(data)
    const { people, open, direct } = await prepare(server.url)

    const acknowledged: Acknowledged[] = []
    let isDone = false
    const write = async (client: Client, number: number) => {
      const places = number < 2 ? [...open, direct] : open
      for (let n = 0; n < EACH; n += 1) {
        const place = places[Math.floor(random() * places.length)] ?? direct
        const someone = people[Math.floor(random() * people.length)]?.user.username
        const sent = {
          channel_id: place.id,
          message: `${random() < 0.3 ? `@${someone} ` : ''}message ${number}-${n}`,
          pending_post_id: `${client.user.id}:${n}`,
        }
        acknowledged.push({ sent, post: await sendUntilAcknowledged(client, () => server, sent) })
      }
    }
    const killing = async () => {
      // Spread over the messages, independently of them.
      const steps = Array.from({ length: KILLS }, () => random() * 0.95 * CLIENTS * EACH).sort(
        (a, b) => a - b,
      )
      for (const step of steps) {
        while (!isDone && acknowledged.length < step) await sleep(1)
        await sleep(random() * 15)
        await server.kill()
        server = await startServer(data)
      }
    }
    const writing = Promise.all(people.map(write)).finally(() => {
      isDone = true
    })
    await Promise.all([writing, killing()])

    expect(acknowledged).toHaveLength(CLIENTS * EACH)
    for (const channel of [...open, direct]) {
      const reader = people[0] as Client
      const written = await allPosts(reader, server.url, channel.id)
      const own = written.filter((post) => post.type === '')
      const expected = acknowledged.filter(({ sent }) => sent.channel_id === channel.id)
      // Exactly once, with the acknowledged text, author and time.
      const facts = ({ id, message, user_id, create_at }: Post) => `${id} ${user_id} ${create_at} ${message}`
      expect(own.map(facts).sort()).toEqual(expected.map(({ post }) => facts(post)).sort())
      const times = written.map((post) => post.create_at)
      expect(times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0))).toBe(true)

      if (channel.type !== 'D') {
        const found = await foundIn(reader, server.url, channel, 'message')
        expect(found.sort()).toEqual(own.map(({ id }) => id).sort())
      }
      const readers = channel.type === 'D' ? people.slice(0, 2) : people
      for (const person of readers) {
        const [api, params] = [person.api(server.url), { channel_id: channel.id, user_id: person.user.id }]
        const [now, member]: [Channel, ChannelMember] = await Promise.all([
          api.call(channels.get, { params }),
          api.call(members.get, { params }),
        ])
        const counted = { total: now.total_msg_count, read: member.msg_count, mentions: member.mention_count }
        expect(counted, `${person.user.username} in ${channel.name}`).toEqual(
          recount(written, channel, person),
        )
      }
    }

    // Sent again long after: returns the first answer, and writes nothing new.
    for (const { sent, post } of acknowledged.filter((_, at) => at % 10 === 0)) {
      const author = people.find(({ user }) => user.id === post.user_id) as Client
      const again = await author.api(server.url).call(posts.create, { body: sent })
      expect(again).toMatchObject({ id: post.id, create_at: post.create_at, message: post.message })
    }
    for (const channel of open) {
      const messages = (await allPosts(people[0] as Client, server.url, channel.id)).filter(
        (post) => post.type === '',
      )
      expect(messages).toHaveLength(acknowledged.filter(({ sent }) => sent.channel_id === channel.id).length)
    }
  },
)
