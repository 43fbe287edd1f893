/** Urgent posts that notify people repeatedly. */
import { channelOf, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import {
  acknowledgements,
  type Channel,
  members,
  type Post,
  posts,
  reactions,
  settings,
  teams,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAgain } from './insisting.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const insist = (message: string, priority: object = {}) =>
  at.ana.call(posts.create, {
    body: {
      channel_id: room.id,
      message,
      metadata: { priority: { priority: 'urgent', persistent_notifications: true, ...priority } },
    },
  })
/** Acts as if the interval were over. */
const later = async () => {
  await at.server.app.pool.run('update persistent_notifications set last_sent_at = 1')
  await callAgain(at.server.app.server)
}
const waiting = async ({ id }: Post) =>
  (await at.server.app.pool.rows('select from persistent_notifications where post_id = $1', [id])).length

describe('insisting posts', () => {
  it('notify the mentioned people again, and nobody else, as often as the server allows', async () => {
    const { ana, bo, eve } = at
    const [called, others, outsider] = [await bo.listen(), await ana.listen(), await eve.listen()]
    const post = await insist(`@${bo.username} please`)
    await callAgain(at.server.app.server)
    await called.settle()
    expect(called.all('persistent_notification_triggered')).toEqual([])
    for (let round = 0; round < 8; round += 1) await later()
    await called.settle()
    const told = called.all('persistent_notification_triggered')
    expect(told).toHaveLength(6)
    const { post: text = '', ...data } = told[0] ?? {}
    expect((JSON.parse(text) as Post).id).toBe(post.id)
    expect(data).toEqual({
      channel_type: 'P',
      channel_name: room.name,
      channel_display_name: room.display_name,
      sender_name: `@${ana.username}`,
      team_id: at.team.id,
      mentions: JSON.stringify([bo.id]),
    })
    for (const listener of [others, outsider]) {
      await listener.settle()
      expect(listener.all('persistent_notification_triggered')).toEqual([])
    }
    expect(await waiting(post)).toBe(0)
  })

  const answers: [string, (by: Person, post: Post) => Promise<unknown>][] = [
    [
      'acknowledged',
      (by, { id }) => by.call(acknowledgements.save, { params: { user_id: 'me', post_id: id } }),
    ],
    [
      'reacted to',
      (by, { id }) => by.call(reactions.save, { body: { user_id: by.id, post_id: id, emoji_name: '+1' } }),
    ],
    ['answered', (by, { id }) => write(by, room, 'on my way', id)],
  ]
  it.each(answers)('stop when they are %s by one of the notified people', async (_, answer) => {
    const post = await insist(`@${at.bo.username} please`)
    await answer(at.ana, post)
    expect(await waiting(post)).toBe(1)
    await answer(at.bo, post)
    expect(await waiting(post)).toBe(0)
  })

  it('stop when they are deleted, and do not notify people who have left', async () => {
    const { ana } = at
    const cy = await signUp(at.server, 'cy', at.team.invite_id)
    await ana.call(members.add, { params: { channel_id: room.id }, body: { user_id: cy.id } })
    const [first, second] = [await insist(`@${cy.username} one`), await insist(`@${cy.username} two`)]
    await ana.call(posts.remove, { params: { post_id: first.id } })
    expect(await waiting(first)).toBe(0)
    await ana.call(members.remove, { params: { channel_id: room.id, user_id: cy.id } })
    const listener = await cy.listen()
    await later()
    await listener.settle()
    expect(listener.all('persistent_notification_triggered')).toEqual([])
    await ana.call(posts.remove, { params: { post_id: second.id } })
  })

  it('notify nobody in an archived team', async () => {
    const { root, team } = at
    const post = await insist(`@${at.bo.username} please`)
    await root.call(teams.archive, { params: { team_id: team.id } })
    const listener = await at.bo.listen()
    await later()
    await listener.settle()
    expect(listener.all('persistent_notification_triggered')).toEqual([])
    await root.call(teams.restore, { params: { team_id: team.id } })
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
  })

  it('are refused if not urgent, without mentions or with too many, and while they are off', async () => {
    const { bo, root } = at
    await refused('posts.persistent_urgent', insist(`@${bo.username}`, { priority: 'important' }))
    await refused('posts.persistent_recipients', insist('nobody'))
    await refused('posts.persistent_recipients', insist(`@${bo.username} and @all`))
    const set = (ServiceSettings: Record<string, unknown>) =>
      root.call(settings.patch, { body: { ServiceSettings } })
    await set({ AllowPersistentNotifications: false })
    await refused('posts.persistent_off', insist(`@${bo.username}`))
    await set({ AllowPersistentNotifications: true })
  })
})
