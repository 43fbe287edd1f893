/**
 * Operations on existing posts: pins, earlier versions, saved posts and links; and posts for one person only.
 */
import { channelOf, converge, direct, type Place, place, refused, write } from '@plausch/testkit'
import { channels, ephemeral, type Post, posts, preferences, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (post: Post) => ({ params: { post_id: post.id } })
const inChannel = (id: string) => ({ params: { channel_id: id } })

describe('pins', () => {
  it('are announced to the channel, counted and listed, newest first', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'P', [bo])
    const [first, second] = [await write(ana, channel, 'one'), await write(ana, channel, 'two')]
    const [member, outsider] = [await ana.listen(), await eve.listen()]
    await bo.call(posts.pin, about(first))
    const told = JSON.parse((await member.next('post_edited')).post) as Post
    expect(told).toMatchObject({ id: first.id, is_pinned: true, edit_at: 0 })
    expect(told.update_at).toBeGreaterThan(first.update_at)
    await bo.call(posts.pin, about(second))
    expect((await ana.call(posts.listPinned, inChannel(channel.id))).order).toEqual([second.id, first.id])
    expect((await ana.call(channels.stats, inChannel(channel.id))).pinnedpost_count).toBe(2)
    await ana.call(posts.unpin, about(second))
    await ana.call(posts.remove, about(first))
    expect((await ana.call(posts.listPinned, inChannel(channel.id))).order).toEqual([])
    expect((await ana.call(channels.stats, inChannel(channel.id))).pinnedpost_count).toBe(0)
    await outsider.settle()
    expect(outsider.all('post_edited')).toEqual([])
  })

  it('change nothing a second time, and are refused in archived channels and for readers', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O')
    const post = await write(ana, channel, 'one')
    await refused('api.context.permissions.app_error', bo.call(posts.pin, about(post)))
    await ana.call(posts.pin, about(post))
    const listener = await ana.listen()
    await ana.call(posts.pin, about(post))
    await ana.call(channels.archive, inChannel(channel.id))
    await refused('channels.archived', ana.call(posts.unpin, about(post)))
    await listener.settle()
    expect(listener.all('post_edited')).toEqual([])
  })
})

describe('earlier versions', () => {
  it('can be read and restored by the author only', async () => {
    const { ana, bo, root, townSquare } = at
    const post = await write(ana, townSquare, 'first #one')
    for (const message of ['second', 'third'])
      await ana.call(posts.patch, { ...about(post), body: { message } })
    await ana.call(posts.patch, { ...about(post), body: { props: { mine: 1 } } })
    const versions = await ana.call(posts.history, about(post))
    expect(versions.map((each) => each.message)).toEqual(['second', 'first #one'])
    expect(versions[1]).toMatchObject({ original_id: post.id, create_at: post.create_at, edit_at: 0 })
    expect(versions.every((each) => each.delete_at > 0 && each.id !== post.id)).toBe(true)
    for (const other of [bo, root]) {
      await refused('api.context.permissions.app_error', other.call(posts.history, about(post)))
    }
    const listener = await bo.listen()
    const restore_version_id = versions[1]?.id ?? ''
    const back = await ana.call(posts.restoreVersion, { params: { post_id: post.id, restore_version_id } })
    expect(back).toMatchObject({ id: post.id, message: 'first #one', hashtags: '#one' })
    expect(JSON.parse((await listener.next('post_edited')).post)).toEqual(back)
    expect(await ana.call(posts.history, about(post))).toHaveLength(3)
    const other = await write(ana, townSquare, 'another')
    await refused(
      'posts.version_not_found',
      ana.call(posts.restoreVersion, { params: { post_id: other.id, restore_version_id } }),
    )
  })

  it('are deleted with the post', async () => {
    const { ana, townSquare, server } = at
    const root = await write(ana, townSquare, 'root')
    const reply = await write(ana, townSquare, 'version-of-a-reply', root.id)
    await ana.call(posts.patch, { ...about(reply), body: { message: 'changed' } })
    await ana.call(posts.remove, about(root))
    await refused('posts.not_found', ana.call(posts.history, about(reply)))
    const left = await server.app.pool.rows(
      `select from post_versions where message like '%version-of-a-reply%' or post_id = $1`,
      [reply.id],
    )
    expect(left).toEqual([])
  })

  it('cannot be restored after the time limit for edits', async () => {
    const { ana, root, townSquare } = at
    const post = await write(ana, townSquare, 'first')
    await ana.call(posts.patch, { ...about(post), body: { message: 'second' } })
    const [version] = await ana.call(posts.history, about(post))
    await root.call(settings.patch, { body: { ServiceSettings: { PostEditTimeLimit: 0 } } })
    const params = { post_id: post.id, restore_version_id: version?.id ?? '' }
    await refused('posts.edit_time', ana.call(posts.restoreVersion, { params }))
    await root.call(settings.patch, { body: { ServiceSettings: { PostEditTimeLimit: -1 } } })
  })
})

describe('saved posts', () => {
  const save = (post: Post) =>
    at.bo.call(preferences.save, {
      params: { user_id: at.bo.id },
      body: [{ user_id: at.bo.id, category: 'flagged_post', name: post.id, value: 'true' }],
    })

  it('are listed newest first, by team, channel and page, if the person may read them', async () => {
    const { ana, bo, eve } = at
    const [open, closed] = [await channelOf(ana, at.team, 'O', [bo]), await channelOf(ana, at.team, 'P')]
    const talk = await direct(ana, bo)
    const written = [await write(ana, open, 'a'), await write(ana, talk, 'b'), await write(ana, open, 'c')]
    const secret = await write(ana, closed, 'secret')
    for (const post of [...written, secret]) await save(post)
    const list = async (query: object) =>
      (await bo.call(posts.listSaved, { params: { user_id: 'me' }, query })).order
    const ids = written.map((post) => post.id).reverse()
    expect(await list({})).toEqual(ids)
    expect(await list({ team_id: at.team.id })).toEqual(ids)
    expect(await list({ channel_id: open.id })).toEqual([ids[0], ids[2]])
    expect(await list({ team_id: eve.id })).toEqual([ids[1]])
    expect(await list({ channel_id: open.id, page: 1, per_page: 1 })).toEqual([ids[2]])
    expect(await list({ channel_id: closed.id })).toEqual([])
  })

  it('are removed when the post is deleted', async () => {
    const { ana, bo, townSquare } = at
    const post = await write(ana, townSquare, 'kept')
    await save(post)
    await converge([bo], () => ana.call(posts.remove, about(post)))
    const kept = await bo.call(preferences.list, { params: { user_id: 'me' } })
    expect(kept.map((each) => each.name)).not.toContain(post.id)
  })
})

describe('links to posts', () => {
  it('tell where the post is, to people who may be there', async () => {
    const { ana, bo, eve, root } = at
    const channel = await channelOf(ana, at.team, 'O')
    const post = await write(ana, channel, 'here')
    const info = await bo.call(posts.info, about(post))
    expect(info).toEqual({
      channel_id: channel.id,
      channel_type: 'O',
      channel_display_name: channel.display_name,
      has_joined_channel: false,
      team_id: at.team.id,
      team_type: 'I',
      team_display_name: 'Team',
      has_joined_team: true,
    })
    await refused('posts.not_found', eve.call(posts.info, about(post)))
    const talk = await write(ana, await direct(ana, bo), 'between us')
    expect(await bo.call(posts.info, about(talk))).toMatchObject({ team_id: '', has_joined_channel: true })
    await refused('posts.not_found', root.call(posts.info, about(talk)))
  })
})

describe('posts for one person', () => {
  it('reach that person’s clients only and are not stored', async () => {
    const { ana, bo, root, townSquare } = at
    const [receiver, others] = [await bo.listen(), await ana.listen()]
    const body = { user_id: bo.id, post: { channel_id: townSquare.id, message: 'psst' } }
    const post = await root.call(ephemeral.create, { body })
    expect(post).toMatchObject({ type: 'system_ephemeral', user_id: root.id, message: 'psst' })
    expect(JSON.parse((await receiver.next('ephemeral_message')).post)).toEqual(post)
    await refused('posts.not_found', bo.call(posts.get, about(post)))
    await refused('api.context.permissions.app_error', ana.call(ephemeral.create, { body }))
    await refused(
      'channels.member_not_found',
      root.call(ephemeral.create, { body: { ...body, user_id: at.eve.id } }),
    )
    await others.settle()
    expect(others.all('ephemeral_message')).toEqual([])
  })
})

describe('deleting', () => {
  it('leaves no replies below a root that is deleted at the same time', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    for (let round = 0; round < 5; round += 1) {
      const root = await write(ana, channel, 'root')
      const answers = Array.from({ length: 10 }, (_, n) => write(bo, channel, `${n}`, root.id))
      await Promise.allSettled([
        ...answers.slice(0, 5),
        ana.call(posts.remove, about(root)),
        ...answers.slice(5),
      ])
    }
    const orphans = await at.server.app.pool.rows(
      `select from posts p join posts r on r.id = p.root_id where p.channel_id = $1 and p.delete_at = 0 and r.delete_at > 0`,
      [channel.id],
    )
    expect(orphans).toEqual([])
  })

  it('is permanent only if the setting allows it, and for administrators', async () => {
    const { ana, root, townSquare } = at
    const post = await write(ana, townSquare, 'for ever')
    const gone = { ...about(post), query: { permanent: true } }
    await refused('api.context.permissions.app_error', ana.call(posts.remove, gone))
    await refused('posts.permanent_off', root.call(posts.remove, gone))
    await root.call(settings.patch, { body: { ServiceSettings: { EnableAPIPostDeletion: true } } })
    await root.call(posts.remove, gone)
    await refused('posts.not_found', ana.call(posts.get, about(post)))
  })
})
