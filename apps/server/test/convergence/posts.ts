import { direct, sendFile, write } from '@plausch/testkit'
import {
  commands,
  ephemeral,
  members,
  notices,
  type Post,
  posts,
  reminders,
  settings,
  unreads,
} from '@plausch/wire'
import { describe, it } from 'vitest'
import { about, type Cast, mine, of, roomOf } from './cast.ts'

export const writing = (cast: () => Cast) =>
  describe('posts', () => {
    it('a message, a reply, a mention', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast())
      await probe([channel], async () => {
        const root = await write(ana, channel, 'question')
        await write(bo, channel, `answer for @${ana.username}`, root.id)
        await write(gil, channel, 'another', root.id)
        await write(ana, channel, 'to @all of you')
      })
    })

    it('with a file, a priority, attachments and unknown names', async () => {
      const { ana, probe } = cast()
      const channel = await roomOf(cast())
      const file = await sendFile(ana, channel, 'notes.txt', 'some notes')
      const other = await sendFile(ana, channel, 'more.txt', 'more notes')
      const post = await probe([channel], () =>
        ana.call(posts.create, {
          body: {
            channel_id: channel.id,
            message: 'see @nobody :nothing:',
            file_ids: [file.id, other.id],
            props: { attachments: [{ text: 'more' }] },
            metadata: { priority: { priority: 'urgent', requested_ack: true } },
          },
        }),
      )
      await probe([channel], () => ana.call(posts.patch, { ...about(post), body: { file_ids: [other.id] } }))
      await probe([channel], () => ana.call(posts.patch, { ...about(post), body: { props: {} } }))
      await probe([channel], () => ana.call(posts.remove, about(post)))
    })

    it('an edit that adds a mention and removes it, a restored version, a deletion', async () => {
      const { ana, bo, probe } = cast()
      const channel = await roomOf(cast())
      const post = await write(ana, channel, 'first')
      await probe([channel], () =>
        ana.call(posts.patch, { ...about(post), body: { message: `for @${bo.username}` } }),
      )
      await probe([channel], () =>
        ana.call(posts.update, { ...about(post), body: { id: post.id, message: 'for nobody' } }),
      )
      const [version] = await ana.call(posts.history, about(post))
      const params = { post_id: post.id, restore_version_id: version?.id ?? '' }
      await probe([channel], () => ana.call(posts.restoreVersion, { params }))
      await probe([channel], () => ana.call(posts.remove, about(post)))
    })

    it('a deleted reply, then a deleted root post with all replies', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast())
      const root = await write(ana, channel, 'question')
      const [first] = [await write(bo, channel, 'one', root.id), await write(gil, channel, 'two', root.id)]
      await probe([channel], () => bo.call(posts.remove, about(first)))
      await probe([channel], () => ana.call(posts.remove, about(root)))
    })

    it('a link to another post, which not everybody may read', async () => {
      const { ana, bo, root, server, team, probe } = cast()
      const [channel, secret] = [await roomOf(cast()), await roomOf(cast(), 'P')]
      const open = await write(root, cast().townSquare, 'in public')
      const told = await write(ana, secret, 'secret')
      const site = (id: string) => `${server.url}/${team.name}/pl/${id}`
      const set = (SiteURL: string) => root.call(settings.patch, { body: { ServiceSettings: { SiteURL } } })
      await set(server.url)
      const post = await probe([channel, secret], () => write(bo, channel, `see ${site(told.id)}`))
      await probe([channel], () =>
        bo.call(posts.patch, { ...about(post), body: { message: `no, ${site(open.id)}` } }),
      )
      await set('')
    })

    it('the first message in a conversation', async () => {
      const { ana, bo, probe } = cast()
      await probe([], async () => {
        await write(ana, await direct(ana, bo), 'hello')
      })
    })

    it('an ephemeral message', async () => {
      const { ana, bo, root, team, probe } = cast()
      const channel = await roomOf(cast())
      await ana.call(members.add, { ...of(channel), body: { user_id: root.id } })
      const post = { channel_id: channel.id, message: 'only for you' }
      await probe([channel], () => root.call(ephemeral.create, { body: { user_id: bo.id, post } }))
      await probe([channel], () =>
        ana.call(commands.execute, {
          body: { command: '/header by command', channel_id: channel.id, team_id: team.id },
        }),
      )
      await probe([], () => bo.call(notices.sendTest))
      const written = await write(ana, channel, 'do not forget')
      const target_time = Math.floor(Date.now() / 1000) + 3600
      await probe([channel], () => bo.call(reminders.save, { ...mine(written), body: { target_time } }))
    })
  })

export const reading = (cast: () => Cast) =>
  describe('reading', () => {
    it('a view, a post marked as unread, channels marked as read', async () => {
      const { ana, bo, probe } = cast()
      const channel = await roomOf(cast())
      const first: Post = await write(ana, channel, `one for @${bo.username}`)
      await write(ana, channel, 'two')
      const params = { user_id: 'me' }
      await probe([channel], () => bo.call(unreads.view, { params, body: { channel_id: channel.id } }))
      await probe([channel], () => bo.call(unreads.markUnread, { ...mine(first), body: {} }))
      await probe([channel], () => bo.call(unreads.markRead, { params, body: [channel.id] }))
    })
  })
