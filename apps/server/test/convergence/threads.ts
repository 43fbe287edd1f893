import { channelOf, converge, direct, unique, write } from '@plausch/testkit'
import { channels, members, posts, teams, threads, unreads } from '@plausch/wire'
import { describe, it } from 'vitest'
import { about, type Cast, mine, of, roomOf } from './cast.ts'

export const following = (cast: () => Cast) =>
  describe('threads', () => {
    const thread = (id: string) => ({
      params: { user_id: 'me', team_id: cast().team.id, thread_id: id },
    })

    it('followed by writing and by being mentioned, read, unread, and unfollowed', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast())
      const root = await write(ana, channel, 'question')
      const first = await probe([channel], () => write(bo, channel, 'answer', root.id))
      await probe([channel], async () => {
        await write(bo, channel, `again for @${ana.username}`, root.id)
        await write(ana, channel, `and @${gil.username}?`, root.id)
      })
      const { params } = thread(root.id)
      const timestamp = String(Date.now())
      await probe([channel], () => gil.call(threads.read, { params: { ...params, timestamp } }))
      await probe([channel], () => ana.call(threads.markUnread, { params: { ...params, post_id: first.id } }))
      await probe([channel], () => ana.call(threads.unfollow, thread(root.id)))
      await probe([channel], () => write(bo, channel, 'not told to Ana', root.id))
      await probe([channel], () => ana.call(threads.follow, thread(root.id)))
      await probe([channel], () => gil.call(threads.unfollow, thread(root.id)))
      await probe([channel], () => write(bo, channel, `@${gil.username} again`, root.id))
    })

    it('all threads of a team read, and those of a channel by clients that do not collapse them', async () => {
      const { ana, bo, team, probe } = cast()
      const [channel, other] = [await roomOf(cast()), await roomOf(cast())]
      const conversation = await direct(ana, bo)
      const roots = []
      for (const place of [channel, other, conversation]) {
        const root = await write(ana, place, 'question')
        await write(bo, place, `for @${ana.username}`, root.id)
        roots.push(root)
      }
      const [first] = roots
      await probe([channel], () =>
        ana.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: channel.id } }),
      )
      await probe([channel], () => ana.call(unreads.markUnread, { ...mine(first ?? channel), body: {} }))
      await probe([channel], () => ana.call(threads.readAll, { params: { user_id: 'me', team_id: team.id } }))
    })

    it('of a conversation are in every team', async () => {
      const { ana, bo, root, probe, team } = cast()
      const second = await root.call(teams.create, {
        body: { name: unique('second'), display_name: 'Second', type: 'I' },
      })
      for (const { id } of [ana, bo])
        await root.call(teams.addMember, { params: { team_id: second.id }, body: { user_id: id } })
      const conversation = await direct(ana, bo)
      const post = await write(ana, conversation, 'question')
      const open = { channels: [conversation], teams: [team, second] }
      await converge([ana, bo], () => write(bo, conversation, 'answer', post.id), open)
      const params = { user_id: 'me', team_id: second.id }
      await converge(
        [ana, bo],
        () => ana.call(threads.unfollow, { params: { ...params, thread_id: post.id } }),
        open,
      )
      await converge(
        [ana, bo],
        () => ana.call(threads.follow, { params: { ...params, thread_id: post.id } }),
        open,
      )
      await converge([ana, bo], () => write(bo, conversation, 'more', post.id), open)
      await converge([ana, bo], () => ana.call(threads.readAll, { params }), open)
      await probe([], () =>
        root.call(teams.removeMember, { params: { team_id: second.id, user_id: ana.id } }),
      )
    })

    it('whose replies or root posts are edited and deleted', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast())
      const root = await write(ana, channel, 'question')
      const reply = await write(bo, channel, 'answer', root.id)
      const named = await write(gil, channel, `@${ana.username}`, root.id)
      await probe([channel], () =>
        bo.call(posts.patch, { ...about(reply), body: { message: `answer for @${ana.username}` } }),
      )
      await probe([channel], () => gil.call(posts.patch, { ...about(named), body: { message: 'nobody' } }))
      await probe([channel], () => ana.call(posts.patch, { ...about(root), body: { message: 'asked' } }))
      await probe([channel], () => ana.call(posts.pin, about(root)))
      await probe([channel], () => ana.call(posts.remove, about(named)))
      await probe([channel], () => bo.call(posts.remove, about(reply)))
      await probe([channel], () => write(bo, channel, 'another', root.id))
      await probe([channel], () => ana.call(posts.remove, about(root)))
    })

    it('more than a page of them, some of which are read, deleted and unfollowed', async () => {
      const { ana, bo, gil, probe } = cast()
      const [channel, other] = [await roomOf(cast()), await roomOf(cast(), 'P')]
      const roots = []
      for (let n = 0; n < 33; n++) {
        const root = await write(ana, n < 3 ? other : channel, `question ${n}`)
        await write(bo, n < 3 ? other : channel, 'answer', root.id)
        roots.push(root)
      }
      const [, second, third] = roots
      if (!second || !third) throw new Error('no posts')
      const { params } = thread(second.id)
      await probe([channel], () =>
        ana.call(threads.read, { params: { ...params, timestamp: String(Date.now()) } }),
      )
      await probe([channel], () => write(bo, other, 'again', second.id))
      await probe([channel], () => ana.call(posts.remove, about(third)))
      await probe([channel], () =>
        bo.call(members.remove, { params: { channel_id: other.id, user_id: bo.id } }),
      )
      await probe([channel], () =>
        gil.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: channel.id } }),
      )
      const ofBo = { params: { channel_id: channel.id, user_id: bo.id } }
      await probe([channel], () => ana.call(members.remove, ofBo))
    })

    it('of channels that a person leaves, that are archived, restored and moved', async () => {
      const { ana, bo, gil, root, team, probe } = cast()
      const channel = await channelOf(ana, team, 'P', [bo, gil])
      const post = await write(ana, channel, 'question')
      for (const by of [bo, gil]) await write(by, channel, 'answer', post.id)
      await probe([channel], () =>
        gil.call(members.remove, { params: { channel_id: channel.id, user_id: gil.id } }),
      )
      await probe([channel], () => ana.call(channels.archive, of(channel)))
      await probe([channel], () => ana.call(threads.unfollow, thread(post.id)))
      await probe([channel], () => ana.call(channels.restore, of(channel)))
      const body = { name: unique('elsewhere'), display_name: 'Elsewhere', type: 'I' as const }
      const elsewhere = await root.call(teams.create, { body })
      for (const { id } of [ana, bo])
        await root.call(teams.addMember, { params: { team_id: elsewhere.id }, body: { user_id: id } })
      await probe([channel], () =>
        root.call(channels.move, { ...of(channel), body: { team_id: elsewhere.id } }),
      )
    })
  })
