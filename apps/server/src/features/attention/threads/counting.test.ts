/**
 * A property test of the counters in threads: after any sequence of operations, the unread counters of the
 * server equal those of a model of the rules. The model is as simple as possible and shares no code with the
 * server.
 */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, members, type Post, posts, threads, unreads } from '@plausch/wire'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let people: Person[]
beforeAll(async () => {
  at = await place()
  people = [at.ana, at.bo, await signUp(at.server, 'cy', at.team.invite_id)]
})
afterAll(() => at.stop())

type Reply = { post: Post; by: number; text: string; isDeleted: boolean }
/**
 * How far a person has read (the number of replies at that time, deleted ones included), how many replies
 * they have seen, and their unread mentions.
 */
type Follower = { following: boolean | null; read: number; seen: number; mentions: number }
type Thread = {
  root: Post
  by: number
  isDeleted: boolean
  replies: Reply[]
  followers: Map<number, Follower>
}
type World = { channel: Channel; inside: Set<number>; threads: Thread[] }

const live = (thread: Thread) => thread.replies.filter((reply) => !reply.isDeleted)
const unread = (thread: Thread, follower: Follower) => Math.max(live(thread).length - follower.seen, 0)
const isNamed = (text: string, who: number) => text.includes(`@${people[who]?.username}`)
const textOf = (pick: number) =>
  pick % 4 === 3 ? '@all listen' : pick % 4 === 2 ? 'plain' : `hi @${people[pick % 3]?.username}`
const mentions = (text: string, by: number, who: number) =>
  who !== by && (isNamed(text, who) || text.startsWith('@all'))

const kinds = [
  'root',
  'reply',
  'reply',
  'reply',
  'reply',
  'edit',
  'remove',
  'remove',
  'removeRoot',
  'follow',
  'unfollow',
  'read',
  'unread',
  'all',
  'view',
  'leave',
  'join',
] as const
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(2),
  pick: fc.nat(30),
  text: fc.nat(11),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** If a person has two unread replies, the one with a mention is removed. */
const mentionRemoved: Step[] = [
  { kind: 'root', who: 0, pick: 0, text: 2 },
  { kind: 'reply', who: 1, pick: 0, text: 0 },
  { kind: 'reply', who: 1, pick: 0, text: 2 },
  { kind: 'remove', who: 1, pick: 0, text: 0 },
]

const inTeam = (who: number) => ({ user_id: people[who]?.id ?? '', team_id: at.team.id })
const about = (who: number, { root }: Thread) => ({ ...inTeam(who), thread_id: root.id })
const chosen = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)]
const person = (who: number): Person => people[who] ?? at.ana

const fresh = (): Follower => ({ following: true, read: 0, seen: 0, mentions: 0 })

const readUpTo = (thread: Thread, who: number, count: number) => {
  const follower = thread.followers.get(who)
  if (!follower?.following) return
  follower.read = count
  follower.seen = thread.replies.slice(0, count).filter((reply) => !reply.isDeleted).length
  follower.mentions = thread.replies
    .slice(count)
    .filter((reply) => !reply.isDeleted && mentions(reply.text, reply.by, who)).length
}

const readEverything = (thread: Thread, who: number) => {
  const follower = thread.followers.get(who)
  if (follower?.following && (unread(thread, follower) > 0 || follower.mentions > 0)) {
    Object.assign(follower, { read: thread.replies.length, seen: live(thread).length, mentions: 0 })
  }
}

const replied = (world: World, thread: Thread, reply: Reply) => {
  thread.replies.push(reply)
  const { followers } = thread
  for (const who of world.inside) {
    const known = followers.get(who)
    if (who === reply.by) {
      followers.set(who, {
        following: true,
        read: thread.replies.length,
        seen: live(thread).length,
        mentions: 0,
      })
    } else if (mentions(reply.text, reply.by, who)) {
      followers.set(who, { ...(known ?? fresh()), following: true, mentions: (known?.mentions ?? 0) + 1 })
    } else if (known?.following === null || (who === thread.by && !known)) {
      followers.set(who, { ...(known ?? fresh()), following: true })
    }
  }
}

/**
 * A deleted reply takes its mentions back: no more mentions remain than there are in the remaining unread
 * replies.
 */
const removed = (thread: Thread, reply: Reply) => {
  reply.isDeleted = true
  const index = thread.replies.indexOf(reply)
  for (const [who, follower] of thread.followers) {
    if (index < follower.read) follower.seen = Math.max(follower.seen - 1, 0)
    const left = thread.replies
      .slice(follower.read)
      .filter((each) => !each.isDeleted && mentions(each.text, each.by, who))
    follower.mentions = Math.min(follower.mentions, left.length)
  }
}

const steps: Record<
  (typeof kinds)[number],
  (world: World, step: Step, thread: Thread | undefined) => Promise<void>
> = {
  async root(world, { who, text }) {
    const root = await write(person(who), world.channel, textOf(text))
    const followers = new Map(
      [...world.inside]
        .filter((each) => each !== who && isNamed(textOf(text), each))
        .map((each) => [each, { ...fresh(), following: null }]),
    )
    world.threads.push({ root, by: who, isDeleted: false, replies: [], followers })
  },
  async reply(world, { who, text }, thread) {
    if (!thread) return
    const post = await write(person(who), world.channel, textOf(text), thread.root.id)
    replied(world, thread, { post, by: who, text: textOf(text), isDeleted: false })
  },
  async edit(_world, { pick, text }, thread) {
    const reply = chosen(thread ? live(thread) : [], pick)
    if (!reply) return
    await person(reply.by)
      .call(posts.patch, { params: { post_id: reply.post.id }, body: { message: textOf(text) } })
      .catch(() => undefined)
    // A person who has left the channel cannot edit posts there.
    const now = await at.server.app.pool.row<{ message: string }>('select message from posts where id = $1', [
      reply.post.id,
    ])
    reply.text = now?.message ?? ''
  },
  async remove(_world, { pick }, thread) {
    const reply = chosen(thread ? live(thread) : [], pick)
    if (!thread || !reply) return
    await at.root.call(posts.remove, { params: { post_id: reply.post.id } })
    removed(thread, reply)
  },
  async removeRoot(_world, _step, thread) {
    if (!thread) return
    await at.root.call(posts.remove, { params: { post_id: thread.root.id } })
    thread.isDeleted = true
  },
  async follow(_world, { who }, thread) {
    if (!thread) return
    await person(who).call(threads.follow, { params: about(who, thread) })
    thread.followers.set(who, {
      following: true,
      read: thread.replies.length,
      seen: live(thread).length,
      mentions: 0,
    })
  },
  async unfollow(_world, { who }, thread) {
    if (!thread) return
    await person(who).call(threads.unfollow, { params: about(who, thread) })
    const known = thread.followers.get(who) ?? {
      ...fresh(),
      read: thread.replies.length,
      seen: live(thread).length,
    }
    thread.followers.set(who, { ...known, following: false, mentions: 0 })
  },
  async read(_world, { who, pick }, thread) {
    const reply = chosen(thread?.replies ?? [], pick)
    if (!thread || !reply) return
    const params = { ...about(who, thread), timestamp: String(reply.post.create_at) }
    await person(who)
      .call(threads.read, { params })
      .catch(() => undefined)
    readUpTo(thread, who, thread.replies.indexOf(reply) + 1)
  },
  async unread(_world, { who, pick }, thread) {
    const reply = chosen(thread ? live(thread) : [], pick)
    if (!thread || !reply) return
    const params = { ...about(who, thread), post_id: reply.post.id }
    await person(who)
      .call(threads.markUnread, { params })
      .catch(() => undefined)
    readUpTo(thread, who, thread.replies.indexOf(reply))
  },
  async all(world, { who }) {
    await person(who).call(threads.readAll, { params: inTeam(who) })
    for (const thread of world.threads) readEverything(thread, who)
  },
  async view(world, { who }) {
    const body = { channel_id: world.channel.id, collapsed_threads_supported: false }
    await person(who).call(unreads.view, { params: { user_id: 'me' }, body })
    for (const thread of world.threads) readEverything(thread, who)
  },
  async leave(world, { who }) {
    if (world.inside.size < 2) return
    await person(who).call(members.remove, {
      params: { channel_id: world.channel.id, user_id: person(who).id },
    })
    world.inside.delete(who)
    for (const thread of world.threads) thread.followers.delete(who)
  },
  async join() {},
}

const join = async (world: World, who: number) => {
  await person(who).call(members.add, {
    params: { channel_id: world.channel.id },
    body: { user_id: person(who).id },
  })
  world.inside.add(who)
}

const compare = async (world: World) => {
  for (const who of world.inside) {
    const followed = world.threads.filter(
      (thread) => thread.followers.get(who)?.following && !thread.isDeleted,
    )
    for (const thread of followed) {
      const follower = thread.followers.get(who) ?? fresh()
      expect(await person(who).call(threads.get, { params: about(who, thread) })).toMatchObject({
        reply_count: live(thread).length,
        unread_replies: unread(thread, follower),
        unread_mentions: follower.mentions,
        participants: expect.any(Array),
      })
    }
    const listed = followed.filter((thread) => live(thread).length > 0)
    const count = (of: (thread: Thread, follower: Follower) => number) =>
      listed.reduce((sum, thread) => sum + of(thread, thread.followers.get(who) ?? fresh()), 0)
    const found = await person(who).call(threads.list, { params: inTeam(who), query: { per_page: 200 } })
    const mine = found.threads.filter((thread) => thread.post.channel_id === world.channel.id)
    expect(mine.map((thread) => thread.id).sort()).toEqual(listed.map((thread) => thread.root.id).sort())
    expect(mine.filter((thread) => thread.unread_replies > 0)).toHaveLength(
      count((thread, follower) => Number(unread(thread, follower) > 0)),
    )
    expect(mine.reduce((sum, thread) => sum + thread.unread_mentions, 0)).toBe(
      count((_, follower) => follower.mentions),
    )
  }
}

it('the counters of threads equal those of the rules, whatever people do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (plan) => {
      const channel = await channelOf(at.ana, at.team, 'O', people.slice(1))
      const world: World = { channel, inside: new Set([0, 1, 2]), threads: [] }
      for (const each of plan) {
        const isInside = world.inside.has(each.who)
        if (each.kind === 'join' && !isInside) await join(world, each.who)
        if (!isInside) continue
        const open = world.threads.filter((thread) => !thread.isDeleted)
        await steps[each.kind](world, each, chosen(open, each.pick))
        // The next reading would correct it.
        if (each.kind === 'remove') await compare(world)
      }
      await compare(world)
    }),
    { numRuns: 25, examples: [[mentionRemoved]], interruptAfterTimeLimit: 40_000, endOnFailure: true },
  )
}, 60_000)
