import { direct, hurry, write } from '@plausch/testkit'
import { channels, drafts, members, posts, scheduled } from '@plausch/wire'
import { describe, it } from 'vitest'
import { about, type Cast, of, roomOf } from './cast.ts'

const HOUR_MS = 3_600_000

export const texts = (cast: () => Cast) => {
  describe('drafts', () => {
    it('started, changed and dropped, in channels, threads and conversations', async () => {
      const { ana, bo, probe } = cast()
      const channel = await roomOf(cast())
      const conversation = await direct(ana, bo)
      const root = await write(ana, channel, 'question')
      const save = (message: string, root_id = '', place = channel) =>
        bo.call(drafts.save, { body: { channel_id: place.id, message, root_id } })
      await probe([channel], async () => {
        await save('I th')
        await save('I think')
        await save('an answer', root.id)
        await save('hel', '', conversation)
      })
      const params = { user_id: 'me', channel_id: channel.id }
      await probe([channel], () => save('', '', conversation))
      await probe([channel], () => bo.call(drafts.remove, { params }))
      await probe([channel], () =>
        bo.call(drafts.removeOfThread, { params: { ...params, thread_id: root.id } }),
      )
      await save('an answer', root.id)
      await probe([channel], () => ana.call(posts.remove, about(root)))
    })

    it('in channels that are archived, restored and left', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast(), 'P')
      for (const by of [bo, gil])
        await by.call(drafts.save, { body: { channel_id: channel.id, message: 'I think' } })
      await probe([channel], () => ana.call(channels.archive, of(channel)))
      await probe([channel], () => ana.call(channels.restore, of(channel)))
      const out = { params: { channel_id: channel.id, user_id: gil.id } }
      await probe([channel], () => ana.call(members.remove, out))
      await probe([channel], () => ana.call(members.add, { ...of(channel), body: { user_id: gil.id } }))
    })
  })

  it('scheduled posts written, changed, dropped, sent, and not sent', async () => {
    const { ana, bo, server, probe } = cast()
    const channel = await roomOf(cast())
    const conversation = await direct(ana, bo)
    const body = { channel_id: channel.id, message: 'later', scheduled_at: Date.now() + HOUR_MS }
    const [first, second] = await probe([channel], async () => [
      await bo.call(scheduled.create, { body }),
      await bo.call(scheduled.create, { body: { ...body, channel_id: conversation.id } }),
    ])
    const params = { scheduled_post_id: first?.id ?? '' }
    await probe([channel], () =>
      bo.call(scheduled.update, { params, body: { ...body, scheduled_at: body.scheduled_at + HOUR_MS } }),
    )
    await probe([channel], () =>
      bo.call(scheduled.remove, { params: { scheduled_post_id: second?.id ?? '' } }),
    )
    const due = () => server.app.pool.run('update scheduled_posts set scheduled_at = $1', [Date.now() - 1000])
    await due()
    await probe([channel], () => hurry(server, 'scheduled.send'))
    const secret = await roomOf(cast(), 'P')
    await bo.call(scheduled.create, { body: { ...body, channel_id: secret.id } })
    await probe([secret], () =>
      ana.call(members.remove, { params: { channel_id: secret.id, user_id: bo.id } }),
    )
    await due()
    await probe([], () => hurry(server, 'scheduled.send'))
  })
}
