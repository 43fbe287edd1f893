/**
 * A property test of the counters: after any sequence of operations, the counters of the server equal those
 * of a model of the rules, and the totals equal the sums of the rows. The model is as simple as possible and
 * shares no code with the server.
 */
import { asGuest, channelOf, direct, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, channels, members, posts, unreads } from '@plausch/wire'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

type Said = {
  id: string
  by: number
  isRoot: boolean
  rootId: string
  text: string
  isUrgent: boolean
  isDeleted: boolean
}
type Read = {
  msgs: number
  roots: number
  mentions: number
  rootMentions: number
  urgent: number
  isMuted: boolean
}
/** A channel in the model: what was said in it, and what each member has read. */
type Room = {
  channel: Channel
  isDirect: boolean
  said: Said[]
  reads: Map<number, Read>
  hasGuest: boolean
}

let at: Place
let people: Person[]
/** A person whom others add to channels and remove again; the notes about this have types of their own. */
let visitor: Person
let talk: Room
beforeAll(async () => {
  at = await place()
  people = [at.ana, at.bo, await signUp(at.server, 'cy', at.team.invite_id)]
  visitor = await asGuest(at, await signUp(at.server, 'vera', at.team.invite_id))
  talk = {
    channel: await direct(at.ana, at.bo),
    isDirect: true,
    said: [],
    reads: new Map([0, 1].map((who) => [who, allRead([])])),
    hasGuest: false,
  }
})
afterAll(() => at.stop())

const rootsOf = (said: Said[]) => said.filter((each) => each.isRoot)
const allRead = (said: Said[], isMuted = false): Read => ({
  msgs: said.length,
  roots: rootsOf(said).length,
  mentions: 0,
  rootMentions: 0,
  urgent: 0,
  isMuted,
})

const mentions = (room: Room, said: Said, who: number, isMuted: boolean) => {
  const spoken = said.text.replaceAll(/`[^`]*`/g, '')
  const isNamed = spoken.includes(`@${people[who]?.username}`)
  return said.by !== who && (room.isDirect || isNamed || (spoken.includes('@all') && !isMuted))
}

const texts = (who: number) => [
  'plain words',
  `hi @${people[who]?.username}`,
  '@all please',
  '`@all` in code @nobody',
]

const kinds = [
  'post',
  'post',
  'post',
  'post',
  'urgent',
  'reply',
  'edit',
  'delete',
  'view',
  'unread',
  'unread',
  'mute',
  'mute',
  'join',
  'leave',
  'add',
  'guest',
] as const
type Step = { kind: (typeof kinds)[number]; who: number; room: number; pick: number; text: number }
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(2),
  room: fc.nat(2),
  pick: fc.nat(30),
  text: fc.nat(11),
})

/** The subject of a step: the person, the channel, and one of the posts that can still be chosen. */
type Scene = { step: Step; room: Room; who: number; person: Person; read: Read | undefined; text: string }

const params = (room: Room) => ({ channel_id: room.channel.id })

/** An urgent message; only roots can be urgent. */
const writeUrgent = (person: Person, channel: Channel, message: string) =>
  person.call(posts.create, {
    body: { channel_id: channel.id, message, metadata: { priority: { priority: 'urgent' } } },
  })

const say = async ({ room, who, person, text }: Scene, root?: Said, isUrgent = false) => {
  const post = isUrgent
    ? await writeUrgent(person, room.channel, text)
    : await write(person, room.channel, text, root?.id)
  const said: Said = {
    id: post.id,
    by: who,
    isRoot: !root,
    rootId: root?.id ?? '',
    text,
    isUrgent,
    isDeleted: false,
  }
  room.said.push(said)
  for (const [reader, read] of room.reads) {
    if (reader === who) room.reads.set(who, allRead(room.said, read.isMuted))
    else if (mentions(room, said, reader, read.isMuted)) {
      read.mentions += 1
      if (said.isRoot) read.rootMentions += 1
      if (said.isUrgent) read.urgent += 1
    }
  }
}

const markUnread = async ({ room, who, person, read }: Scene, said: Said) => {
  await person.call(unreads.markUnread, { params: { user_id: 'me', post_id: said.id }, body: {} })
  const rest = room.said.slice(room.said.indexOf(said))
  const hits = rest.filter((each) => !each.isDeleted && mentions(room, each, who, read?.isMuted ?? false))
  room.reads.set(who, {
    msgs: room.said.length - rest.length,
    roots: rootsOf(room.said).length - rootsOf(rest).length,
    mentions: hits.length,
    rootMentions: rootsOf(hits).length,
    urgent: hits.filter((each) => each.isUrgent).length,
    isMuted: read?.isMuted ?? false,
  })
}

/** Steps that only a member of the channel can take. */
const takeInside = async (scene: Scene): Promise<void> => {
  const { room, who, person, read, text } = scene
  const { kind, pick } = scene.step
  const alive = room.said.filter((each) => !each.isDeleted)
  const chosen = alive[pick % (alive.length || 1)]
  const own = alive.filter((each) => each.by === who)
  const mine = own[pick % (own.length || 1)]
  if (kind === 'post') return await say(scene)
  if (kind === 'urgent') return await say(scene, undefined, true)
  if (kind === 'reply' && chosen) {
    const root = chosen.isRoot ? chosen : alive.find((each) => each.id === chosen.rootId)
    return await say(scene, root)
  }
  if (kind === 'edit' && mine) {
    await person.call(posts.patch, { params: { post_id: mine.id }, body: { message: text } })
    mine.text = text
  }
  if (kind === 'delete' && mine) {
    await person.call(posts.remove, { params: { post_id: mine.id } })
    for (const each of room.said) if (each === mine || each.rootId === mine.id) each.isDeleted = true
  }
  if (kind === 'view') {
    await person.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: room.channel.id } })
    room.reads.set(who, allRead(room.said, read?.isMuted))
  }
  if (kind === 'unread' && chosen) await markUnread(scene, chosen)
  if (kind === 'mute' && read) {
    read.isMuted = !read.isMuted
    const body = { mark_unread: read.isMuted ? 'mention' : 'all' }
    await person.call(members.setNotifyProps, { params: { ...params(room), user_id: person.id }, body })
  }
  if (kind === 'leave' && !room.isDirect) {
    await person.call(members.remove, { params: { ...params(room), user_id: person.id } })
    room.reads.delete(who)
  }
  if (kind === 'guest' && !room.isDirect) {
    const about = { ...params(room), user_id: visitor.id }
    if (room.hasGuest) await person.call(members.remove, { params: about })
    else await person.call(members.add, { params: params(room), body: { user_id: visitor.id } })
    room.hasGuest = !room.hasGuest
    room.reads.set(who, allRead(room.said, read?.isMuted))
  }
  const other = (who + 1) % people.length
  const guest = people[other]
  if (kind === 'add' && !room.isDirect && guest && !room.reads.has(other)) {
    await person.call(members.add, { params: params(room), body: { user_id: guest.id } })
    // Being added counts as a mention. The person who adds caused the note, so they have read it.
    room.reads.set(other, { ...allRead(room.said), mentions: 1, rootMentions: 1, urgent: 0 })
    room.reads.set(who, allRead(room.said, read?.isMuted))
  }
}

const take = async (rooms: Room[], taken: Step): Promise<void> => {
  const [room, person] = [rooms[taken.room], people[taken.who]]
  if (!room || !person) return
  const read = room.reads.get(taken.who)
  const text = texts(taken.pick % people.length)[taken.text % 4] ?? ''
  if (read) return await takeInside({ step: taken, room, who: taken.who, person, read, text })
  if (taken.kind !== 'join' || room.isDirect) return
  await person.call(members.add, { params: params(room), body: { user_id: person.id } })
  room.reads.set(taken.who, allRead(room.said))
}

const expectCounted = async (room: Room) => {
  const [total, roots] = [room.said.length, rootsOf(room.said).length]
  const [row] = await at.server.app.pool.rows<{ n: number; roots: number }>(
    `select count(*) as n, count(*) filter (where root_id = '') as roots from posts
     where channel_id = $1 and type not like 'system%'`,
    [room.channel.id],
  )
  expect(row).toEqual({ n: total, roots })
  for (const [who, person] of people.entries()) {
    const read = room.reads.get(who)
    if (!read) continue
    const channel = await person.call(channels.get, { params: params(room) })
    expect(channel).toMatchObject({ total_msg_count: total, total_msg_count_root: roots })
    const member = await person.call(members.get, { params: { ...params(room), user_id: 'me' } })
    const { msgs, roots: rootMsgs, mentions: hits, rootMentions, urgent } = read
    const { msg_count, msg_count_root, mention_count, mention_count_root, urgent_mention_count } = member
    expect([msg_count, msg_count_root, mention_count, mention_count_root, urgent_mention_count]).toEqual([
      msgs,
      rootMsgs,
      hits,
      rootMentions,
      urgent,
    ])
  }
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)

const expectSums = async (rooms: Room[]) => {
  for (const [who, person] of people.entries()) {
    const own = rooms.flatMap((room) => {
      const read = room.reads.get(who)
      return read && !room.isDirect ? [{ room, read }] : []
    })
    const loud = own.filter(({ read }) => !read.isMuted)
    const [totals] = await person.call(unreads.ofTeams, { params: { user_id: 'me' } })
    expect(totals).toMatchObject({
      msg_count: sum(loud.map(({ room, read }) => room.said.length - read.msgs)),
      msg_count_root: sum(loud.map(({ room, read }) => rootsOf(room.said).length - read.roots)),
      mention_count: sum(own.map(({ read }) => read.mentions)),
      mention_count_root: sum(own.map(({ read }) => read.rootMentions)),
    })
  }
}

const begin = async (): Promise<Room[]> => {
  const rooms: Room[] = []
  for (const creator of [at.ana, at.bo]) {
    const channel = await channelOf(creator, at.team, 'O')
    for (const person of people.filter((each) => each !== creator)) {
      const body = { user_id: person.id }
      await person.call(members.add, { params: { channel_id: channel.id }, body })
    }
    rooms.push({
      channel,
      isDirect: false,
      said: [],
      reads: new Map(people.map((_, who) => [who, allRead([])])),
      hasGuest: false,
    })
  }
  for (const who of [0, 1]) {
    await people[who]?.call(unreads.view, {
      params: { user_id: 'me' },
      body: { channel_id: talk.channel.id },
    })
    talk.reads.set(who, allRead(talk.said))
  }
  return [...rooms, talk]
}

/** Deletes what a run has left, so that the sums of the next run begin at zero. */
const end = async (rooms: Room[]) => {
  for (const room of rooms.filter((each) => !each.isDirect)) {
    for (const who of room.reads.keys()) {
      await people[who]?.call(members.remove, { params: { ...params(room), user_id: people[who]?.id ?? '' } })
    }
  }
}

it('the counters are right after every sequence of writing, reading, changing, joining and leaving', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const rooms = await begin()
      try {
        for (const each of steps) await take(rooms, each)
        for (const room of rooms) await expectCounted(room)
        await expectSums(rooms)
      } finally {
        await end(rooms)
      }
    }),
    { seed: 13, numRuns: 16, interruptAfterTimeLimit: 240_000 },
  )
})
