import { channelOf, direct, type Place, place, refused, write } from '@plausch/testkit'
import { posts } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

describe('writing', () => {
  it('returns the post and sends it to the other members of the channel only', async () => {
    const { ana, bo, eve, townSquare } = at
    const [others, outsider] = [await bo.listen(), await eve.listen()]
    const post = await write(ana, townSquare, 'Guten Morgen')
    expect(post).toMatchObject({
      message: 'Guten Morgen',
      user_id: ana.id,
      channel_id: townSquare.id,
      edit_at: 0,
    })
    const told = await others.next('posted', (data) => data.post.includes(post.id))
    expect(JSON.parse(told.post)).toEqual(post)
    expect(told).toMatchObject({ channel_type: 'O', sender_name: `@${ana.username}`, team_id: at.team.id })
    await outsider.settle()
    expect(outsider.all('posted')).toEqual([])
  })

  it('returns the first post for a repeated request, also when both arrive together', async () => {
    const { ana, townSquare } = at
    const body = { channel_id: townSquare.id, message: 'once', pending_post_id: `${ana.id}:1` }
    const all = await Promise.all(Array.from({ length: 10 }, () => ana.call(posts.create, { body })))
    expect(new Set(all.map((post) => post.id)).size).toBe(1)
    const later = await ana.call(posts.create, { body: { ...body, message: 'another text' } })
    expect(later).toMatchObject({ id: all[0]?.id, message: 'once' })
  })

  it('gives the posts of a channel strictly increasing times, however many arrive at once', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const written = await Promise.all(
      Array.from({ length: 60 }, (_, n) => write(n % 2 ? ana : bo, channel, `${n}`)),
    )
    const times = written.map((post) => post.create_at)
    expect(new Set(times).size).toBe(60)
    const list = await ana.call(posts.listInChannel, { params: { channel_id: channel.id } })
    const inOrder = list.order.map((id) => list.posts[id]?.create_at ?? 0)
    expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a))
  })

  it('refuses one bad post without affecting the others in its commit', async () => {
    const { ana, bo } = at
    const [open, secret] = [await channelOf(ana, at.team, 'O', [bo]), await channelOf(ana, at.team, 'P')]
    const results = await Promise.allSettled([
      write(bo, open, 'one'),
      write(bo, secret, 'not mine'),
      write(bo, open, 'two', 'a'.repeat(26)),
      write(bo, open, 'three'),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  })

  it('refuses posts that are too long, reserved for the system, or impossible to store', async () => {
    const { ana, townSquare } = at
    const attempt = (body: object) => ana.call(posts.create, { body: { channel_id: townSquare.id, ...body } })
    await refused('posts.too_long', attempt({ message: 'x'.repeat(16_384) }))
    await refused('posts.type', attempt({ message: 'x', type: 'system_join_channel' }))
    await refused('api.context.invalid_body_param.app_error', attempt({ message: 'a\0b' }))
    await refused('api.context.invalid_body_param.app_error', attempt({ message: 7 }))
    const post = await attempt({
      message: 'x',
      props: {
        from_webhook: 'true',
        override_username: 'boss',
        channel_mentions: { 'town-square': { display_name: 'Elsewhere' } },
        mine: 1,
      },
    })
    expect(post.props).toEqual({ mine: 1 })
  })
})

describe('attachments', () => {
  it('appear as embeds for clients, and must be lists of objects', async () => {
    const { ana, townSquare } = at
    const attempt = (attachments: unknown) =>
      ana.call(posts.create, { body: { channel_id: townSquare.id, message: '', props: { attachments } } })
    const post = await attempt([{ text: 'more' }])
    expect(post.metadata).toEqual({ embeds: [{ type: 'message_attachment', url: '' }] })
    for (const wrong of [{}, 'text', [null], [7], Array.from({ length: 101 }, () => ({}))]) {
      await refused('api.context.invalid_body_param.app_error', attempt(wrong))
    }
  })

  it('a client cannot set the time of its post; the server does', async () => {
    const { ana, townSquare } = at
    let last = (await write(ana, townSquare, 'now')).create_at
    for (const create_at of [1000, -1, 'then', last + 1e11, 1.5]) {
      const body = { channel_id: townSquare.id, message: 'long ago', create_at }
      const post = await ana.call(posts.create, { body })
      expect(post.create_at).toBeGreaterThan(last)
      expect(post.create_at).toBeLessThan(last + 1e10)
      last = post.create_at
    }
  })
})

describe('editing and deleting', () => {
  it('changes the text for everybody and marks the post as edited', async () => {
    const { ana, bo, townSquare } = at
    const listener = await bo.listen()
    const post = await write(ana, townSquare, 'befor')
    const edited = await ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'before' } })
    expect(edited.edit_at).toBeGreaterThan(0)
    const told = await listener.next('post_edited', (data) => data.post.includes(post.id))
    expect(JSON.parse(told.post)).toMatchObject({ id: post.id, message: 'before' })
    await refused(
      'api.context.permissions.app_error',
      bo.call(posts.patch, { params: { post_id: post.id }, body: { message: 'mine now' } }),
    )
  })

  it('erases the text: nothing of it remains in the table', async () => {
    const { ana, bo, townSquare, server } = at
    const listener = await bo.listen()
    const root = await write(ana, townSquare, 'secret-of-the-root')
    const reply = await write(bo, townSquare, 'secret-of-the-reply', root.id)
    await ana.call(posts.remove, { params: { post_id: root.id } })
    await listener.next('post_deleted', (data) => data.post.includes(root.id))
    const told = await listener.next('post_deleted', (data) => data.post.includes(reply.id))
    expect(told).not.toHaveProperty('delete_by')
    await refused('posts.not_found', ana.call(posts.get, { params: { post_id: root.id } }))
    await refused('posts.not_found', bo.call(posts.get, { params: { post_id: reply.id } }))
    const left = await server.app.pool.rows(`select * from posts where posts::text like '%secret-of-the%'`)
    expect(left).toEqual([])
    const since = await bo.call(posts.listInChannel, {
      params: { channel_id: townSquare.id },
      query: { since: root.create_at },
    })
    expect(since.posts[root.id]).toMatchObject({ message: '', props: {} })
    expect(since.posts[root.id]?.delete_at).toBeGreaterThan(0)
  })
})

describe('the event of a deletion', () => {
  it('has the posts as they were; lists and new readers do not get them', async () => {
    const { ana, bo, root: admin, townSquare } = at
    const [listener, ofAdmin] = [await bo.listen(), await admin.listen()]
    const props = { attachments: [{ text: 'attached' }], bridge: 'id-1' }
    const root = await ana.call(posts.create, {
      body: { channel_id: townSquare.id, message: 'deleted #tagged root', props },
    })
    const reply = await write(bo, townSquare, 'deleted reply', root.id)
    await ana.call(posts.remove, { params: { post_id: root.id } })
    for (const told of [listener, ofAdmin]) {
      for (const { id, message, hashtags, props } of [root, reply]) {
        const { post } = await told.next('post_deleted', (data) => JSON.parse(data.post).id === id)
        const gone = JSON.parse(post)
        expect(gone).toMatchObject({ message, hashtags, props })
        expect(gone.delete_at).toBeGreaterThanOrEqual(gone.create_at)
      }
    }
    const late = await bo.listen()
    const since = await bo.call(posts.listInChannel, {
      params: { channel_id: townSquare.id },
      query: { since: root.create_at },
    })
    expect(JSON.stringify([since, late.events])).not.toMatch(/deleted (#tagged root|reply)/)
  })

  it('contains one megabyte of a long thread, and only tombstones of the other posts', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const listener = await bo.listen()
    const root = await write(ana, channel, 'the root')
    const long = 'x'.repeat(16_000)
    const replies: string[] = []
    for (let n = 0; n < 70; n += 1) replies.push((await write(ana, channel, long, root.id)).id)
    await ana.call(posts.remove, { params: { post_id: root.id } })
    await listener.next('post_deleted', (data) => JSON.parse(data.post).id === replies.at(-1))
    const told = listener.all('post_deleted').map(({ post }) => JSON.parse(post))
    expect(told.map(({ id }) => id)).toEqual([root.id, ...replies])
    expect(told.map(({ message }) => message)).toEqual([
      'the root',
      ...replies.map((_, n) => (n < 65 ? long : '')),
    ])
  })
})

describe('reading', () => {
  it('pages through a channel by before and after, and reports its ends', async () => {
    const { ana } = at
    const channel = await channelOf(ana, at.team, 'O')
    const written = []
    for (let n = 0; n < 7; n += 1) written.push(await write(ana, channel, `${n}`))
    const ids = written.map((post) => post.id).reverse()
    const list = (query: object) =>
      ana.call(posts.listInChannel, { params: { channel_id: channel.id }, query })
    expect(await list({ per_page: 3 })).toMatchObject({
      order: ids.slice(0, 3),
      next_post_id: '',
      prev_post_id: ids[3],
    })
    expect(await list({ before: ids[2], per_page: 3 })).toMatchObject({
      order: ids.slice(3, 6),
      next_post_id: ids[2],
    })
    expect(await list({ after: ids[5], per_page: 2 })).toMatchObject({
      order: ids.slice(3, 5),
      prev_post_id: ids[5],
    })
    const middle = { order: ids.slice(2, 4), next_post_id: ids[1], prev_post_id: ids[4] }
    expect(await list({ page: 1, per_page: 2 })).toMatchObject(middle)
    await ana.call(posts.remove, { params: { post_id: ids[1] ?? '' } })
    expect(await list({ page: 1, per_page: 2 })).toMatchObject({
      order: ids.slice(3, 5),
      next_post_id: ids[2],
      prev_post_id: ids[5],
    })
    expect(await list({ page: 2, per_page: 3 })).toMatchObject({
      order: [],
      next_post_id: '',
      prev_post_id: '',
    })
  })

  it('adds the root to its replies, counts the replies, and hides them in collapsed lists', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const root = await write(ana, channel, 'question')
    await write(bo, channel, 'answer', root.id)
    const last = await write(ana, channel, 'thanks', root.id)
    const list = await bo.call(posts.listInChannel, {
      params: { channel_id: channel.id },
      query: { per_page: 1 },
    })
    expect(list.order).toEqual([last.id])
    expect(list.posts[root.id]).toMatchObject({ reply_count: 2, last_reply_at: last.create_at })
    const collapsed = await bo.call(posts.listInChannel, {
      params: { channel_id: channel.id },
      query: { collapsedThreads: true },
    })
    expect(collapsed.order).toContain(root.id)
    expect(collapsed.order).not.toContain(last.id)
    const thread = await bo.call(posts.thread, { params: { post_id: last.id } })
    expect(thread.order).toHaveLength(3)
  })

  it('is possible only for members of a conversation, not even for administrators', async () => {
    const { ana, bo, root } = at
    const channel = await direct(ana, bo)
    const post = await write(ana, channel, 'between us')
    await refused(
      'channels.not_found',
      root.call(posts.listInChannel, { params: { channel_id: channel.id } }),
    )
    await refused('posts.not_found', root.call(posts.get, { params: { post_id: post.id } }))
    expect(await root.call(posts.listByIds, { body: [post.id] })).toEqual([])
  })
})
