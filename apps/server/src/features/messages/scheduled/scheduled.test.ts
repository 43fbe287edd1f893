import {
  channelOf,
  direct,
  hurry,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  write,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  members,
  type Post,
  posts,
  type ScheduledPost,
  scheduled,
  settings,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepJobs } from './sending.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const HOUR_MS = 3_600_000
const plan = (person: Person, channel: Channel, message: string, more: object = {}) =>
  person.call(scheduled.create, {
    body: { channel_id: channel.id, message, scheduled_at: Date.now() + HOUR_MS, ...more },
  })
const about = ({ id }: ScheduledPost) => ({ params: { scheduled_post_id: id } })
const list = (person: Person) =>
  person.call(scheduled.list, { params: { team_id: at.team.id }, query: { includeDirectChannels: true } })
const messagesIn = async (channel: Channel, by: Person = at.ana) =>
  Object.values((await by.call(posts.listInChannel, { params: { channel_id: channel.id } })).posts).map(
    (post) => post.message,
  )
/** Acts as if the time had come. */
const sendAll = async (late = 0) => {
  await at.server.app.pool.run(
    `update scheduled_posts set scheduled_at = $1, processed_at = 0 where error_code = ''`,
    [Date.now() - 1000 - late],
  )
  await hurry(at.server, 'scheduled.send')
}

describe('a scheduled post', () => {
  it('is listed by team and conversation, can be changed and removed; events go to its writer', async () => {
    const { ana, bo } = at
    const [other, foreign] = [await bo.listen(), await ana.listen()]
    const talk = await direct(ana, bo)
    const [first, second] = [await plan(bo, room, 'in the room'), await plan(bo, talk, 'in private')]
    expect(first).toMatchObject({ user_id: bo.id, processed_at: 0, error_code: '', message: 'in the room' })
    expect(await list(bo)).toEqual({ [at.team.id]: [first], directChannels: [second] })
    const params = { team_id: at.team.id }
    expect(await bo.call(scheduled.list, { params })).toEqual({ [at.team.id]: [first] })
    expect(await list(ana)).toEqual({ [at.team.id]: [], directChannels: [] })
    const body = { channel_id: room.id, message: 'changed', scheduled_at: first.scheduled_at + 1 }
    const changed = await bo.call(scheduled.update, { ...about(first), body })
    expect(changed).toMatchObject({ id: first.id, message: 'changed', scheduled_at: body.scheduled_at })
    expect(await bo.call(scheduled.remove, about(first))).toEqual(changed)
    await bo.call(scheduled.remove, about(second))
    await refused('scheduled.not_found', bo.call(scheduled.remove, about(first)))
    expect(await list(bo)).toEqual({ [at.team.id]: [], directChannels: [] })
    expect(JSON.parse((await other.next('scheduled_post_created')).scheduledPost)).toEqual(first)
    expect(JSON.parse((await other.next('scheduled_post_updated')).scheduledPost)).toEqual(changed)
    expect(JSON.parse((await other.next('scheduled_post_deleted')).scheduledPost)).toEqual(changed)
    await foreign.settle()
    expect(foreign.events.filter((frame) => frame.event.startsWith('scheduled'))).toEqual([])
  })

  it('is refused for a past time, without permission, for other people, and while it is off', async () => {
    const { ana, bo, eve, root } = at
    await refused('scheduled.past', plan(bo, room, 'x', { scheduled_at: Date.now() - 1 }))
    await refused('channels.not_found', plan(eve, room, 'x'))
    await refused('posts.too_long', plan(bo, room, 'x'.repeat(16_384)))
    await refused('api.post.create_post.root_id.app_error', plan(bo, room, 'x', { root_id: room.id }))
    const own = await plan(bo, room, 'mine')
    await refused('scheduled.not_found', ana.call(scheduled.remove, about(own)))
    await root.call(settings.patch, { body: { ServiceSettings: { ScheduledPosts: false } } })
    await refused('scheduled.off', plan(bo, room, 'x'))
    await refused('scheduled.off', list(bo))
    await refused('scheduled.off', bo.call(scheduled.remove, about(own)))
    await root.call(settings.patch, { body: { ServiceSettings: { ScheduledPosts: true } } })
    await bo.call(scheduled.remove, about(own))
  })
})

describe('sending', () => {
  it('writes each post once, even if several runs overlap', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const root = await write(ana, channel, 'question')
    await plan(bo, channel, 'answer', { root_id: root.id })
    await plan(bo, channel, 'urgent', { priority: { priority: 'urgent', requested_ack: true } })
    const later = await plan(bo, channel, 'not yet')
    const [member, own] = [await ana.listen(), await bo.listen()]
    await at.server.app.pool.run('update scheduled_posts set scheduled_at = $1 where id <> $2', [
      Date.now() - 1000,
      later.id,
    ])
    await Promise.all([1, 2, 3].map(() => hurry(at.server, 'scheduled.send')))
    const told = JSON.parse(
      (await member.next('posted', (data) => data.post.includes('urgent'))).post,
    ) as Post
    expect(told).toMatchObject({
      user_id: bo.id,
      metadata: { priority: { priority: 'urgent', requested_ack: true } },
    })
    await own.next('scheduled_post_deleted', (data) => data.scheduledPost.includes('answer'))
    const answered = await messagesIn(channel)
    expect(answered.filter((text) => text === 'answer' || text === 'urgent').sort()).toEqual([
      'answer',
      'urgent',
    ])
    expect(answered).not.toContain('not yet')
    expect((await list(bo))[at.team.id]).toEqual([later])
    await bo.call(scheduled.remove, about(later))
  })

  it('continues after a run that was killed between writing the post and deleting the plan', async () => {
    const { bo } = at
    const planned = await plan(bo, room, 'once and only once')
    const { pool } = at.server.app
    const [row] = await pool.rows('select * from scheduled_posts where id = $1', [planned.id])
    await sendAll()
    // The killed run had written the post, but had not deleted the plan.
    await pool.run(
      'insert into scheduled_posts select * from jsonb_populate_record(null::scheduled_posts, $1)',
      [JSON.stringify({ ...row, scheduled_at: Date.now() - 90_000, processed_at: Date.now() - 61_000 })],
    )
    await refused('scheduled.sending', bo.call(scheduled.remove, about(planned)))
    await keepJobs(at.server.app.server)
    await hurry(at.server, 'scheduled.send')
    expect((await messagesIn(room)).filter((text) => text === 'once and only once')).toHaveLength(1)
    expect(await pool.rows('select from scheduled_posts where id = $1', [planned.id])).toEqual([])
  })

  it('keeps a post that cannot be sent, with the reason, until its writer tries again', async () => {
    const { ana, root } = at
    const cy = await signUp(at.server, 'cy', at.team.invite_id)
    const make = () => channelOf(ana, at.team, 'O', [cy])
    const [archived, left, threaded] = [await make(), await make(), await make()]
    const question = await write(ana, threaded, 'question')
    const plans = [
      await plan(cy, archived, 'a'),
      await plan(cy, left, 'b'),
      await plan(cy, threaded, 'c', { root_id: question.id }),
    ]
    await ana.call(channels.archive, { params: { channel_id: archived.id } })
    await ana.call(members.remove, { params: { channel_id: left.id, user_id: cy.id } })
    await ana.call(posts.remove, { params: { post_id: question.id } })
    const listener = await cy.listen()
    await sendAll()
    const errors = Object.fromEntries(
      ((await list(cy))[at.team.id] ?? []).map((each) => [each.message, each.error_code]),
    )
    expect(errors).toEqual({ a: 'channel_archived', b: 'no_channel_permission', c: 'thread_deleted' })
    const told = await listener.next('scheduled_post_updated', (data) => data.scheduledPost.includes('"a"'))
    expect(JSON.parse(told.scheduledPost)).toMatchObject({ error_code: 'channel_archived' })
    await ana.call(channels.restore, { params: { channel_id: archived.id } })
    const [first] = plans
    if (!first) throw new Error('nothing was planned')
    const body = { channel_id: archived.id, message: 'at last', scheduled_at: Date.now() + HOUR_MS }
    const again = await cy.call(scheduled.update, { ...about(first), body })
    expect(again).toMatchObject({ error_code: '', processed_at: 0 })
    await plan(cy, archived, 'of somebody who is gone')
    await root.call(users.setActive, { params: { user_id: cy.id }, body: { active: false } })
    await sendAll()
    const codes = await at.server.app.pool.rows<{ error_code: string }>(
      `select error_code from scheduled_posts where user_id = $1 and channel_id = $2`,
      [cy.id, archived.id],
    )
    expect(codes.map((each) => each.error_code)).toEqual(['user_deleted', 'user_deleted'])
  })

  it('does not send a post that was due more than a day ago', async () => {
    const planned = await plan(at.bo, room, 'stale')
    await sendAll(24 * HOUR_MS)
    expect(await messagesIn(room)).not.toContain('stale')
    const mine = ((await list(at.bo))[at.team.id] ?? []).find((each) => each.id === planned.id)
    expect(mine?.error_code).toBe('unable_to_send')
  })
})
