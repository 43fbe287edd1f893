/**
 * The server caches the newest page in memory, and nobody may ever get an outdated one. The test server also
 * compares every cached page with the database (core/channel-cache.ts).
 */
import { channelOf, formWith, type Person, type Place, place, unique, write } from '@plausch/testkit'
import { type Channel, emoji, type Post, type PostList, posts, reactions } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const of = (channel: Channel) => ({ params: { channel_id: channel.id } })
const page = (by: Person, channel: Channel, query: { collapsedThreads?: boolean; per_page?: number } = {}) =>
  by.call(posts.listInChannel, { ...of(channel), query: { per_page: 60, ...query } })
const room = () => channelOf(at.ana, at.team, 'O', [at.bo])
const shownIn = ({ order, posts: byId }: PostList) => order.map((id) => byId[id])

const emojiOf = async (by: Person, name: string) => {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .png()
    .toBuffer()
  const record = JSON.stringify({ name, creator_id: by.id })
  const body = formWith('image', 'emoji', new Uint8Array(picture), { emoji: record })
  const response = await by.fetch('/api/v4/emoji', { method: 'POST', body })
  return ((await response.json()) as { id: string }).id
}

it('every change of a channel is in the next page that anybody reads', async () => {
  const { ana, bo } = at
  const channel = await room()
  const name = unique('cake')
  const post = await write(ana, channel, `tea :${name}:`)
  const id = { params: { post_id: post.id } }
  const reaction = { user_id: bo.id, post_id: post.id, emoji_name: 'tea' }
  let made = ''
  const changes: [string, () => Promise<unknown>, (shown: Post) => unknown, unknown][] = [
    ['an answer', () => write(bo, channel, 'with milk', post.id), (shown) => shown.reply_count, 1],
    [
      'an edit',
      () => ana.call(posts.patch, { ...id, body: { message: `mint :${name}:` } }),
      (shown) => shown.message.slice(0, 4),
      'mint',
    ],
    ['a pin', () => ana.call(posts.pin, id), (shown) => shown.is_pinned, true],
    [
      'a reaction',
      () => bo.call(reactions.save, { body: reaction }),
      (shown) => shown.metadata.reactions?.length,
      1,
    ],
    [
      'none any more',
      () => bo.call(reactions.remove, { params: reaction }),
      (shown) => shown.metadata.reactions,
      undefined,
    ],
    [
      'a new emoji',
      async () => {
        made = await emojiOf(ana, name)
      },
      (shown) => shown.metadata.emojis?.map((each) => each.name),
      [name],
    ],
    [
      'it is gone',
      () => ana.call(emoji.remove, { params: { emoji_id: made } }),
      (shown) => shown.metadata.emojis,
      undefined,
    ],
  ]
  for (const [what, change, read, expected] of changes) {
    for (const collapsedThreads of [false, true]) await page(bo, channel, { collapsedThreads })
    await change()
    for (const collapsedThreads of [false, true]) {
      const { posts: byId } = await page(bo, channel, { collapsedThreads })
      const shown = byId[post.id]
      expect(shown && read(shown), what).toEqual(expected)
    }
  }
  await ana.call(posts.remove, id)
  expect((await page(bo, channel)).order).not.toContain(post.id)
})

it('a cached page equals an uncached one, except for which threads each person follows', async () => {
  const { ana, bo } = at
  const channel = await room()
  const root = await write(ana, channel, 'a root')
  await write(ana, channel, 'an answer', root.id)
  await page(ana, channel, { collapsedThreads: true })
  const [forAna, forBo] = [
    await page(ana, channel, { collapsedThreads: true }),
    await page(bo, channel, { collapsedThreads: true }),
  ]
  expect([forAna.posts[root.id]?.is_following, forBo.posts[root.id]?.is_following]).toEqual([true, false])
  const { posts: _posts, ...rest } = forBo
  const extended = await bo.call(posts.listInChannel, {
    ...of(channel),
    query: { per_page: 60, collapsedThreads: true, collapsedThreadsExtended: true },
  })
  expect(extended).toMatchObject(rest)
  const { participants: _people, ...post } = forBo.posts[root.id] ?? {}
  expect(extended.posts[root.id]).toMatchObject(post)
})

it('the page has every post written before the request, with many writers and readers', async () => {
  const channel = await room()
  const readers = [at.ana, at.bo]
  const saysAndSees = async (by: Person, n: number) => {
    const post = await write(by, channel, `message ${n}`)
    for (const reader of readers) {
      const list = await page(reader, channel)
      expect(shownIn(list)).toContainEqual(expect.objectContaining({ id: post.id }))
    }
  }
  for (let round = 0; round < 10; round += 1) {
    const asking = Array.from({ length: 5 }, (_, n) => page(at.bo, channel, { per_page: 60 + n }))
    await Promise.all([...[at.ana, at.bo, at.ana, at.bo].map((by, n) => saysAndSees(by, n)), ...asking])
  }
})
