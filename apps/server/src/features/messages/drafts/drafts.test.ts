import { channelOf, direct, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import { type Channel, channels, type Draft, drafts, members, posts, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const save = (person: Person, channel: Channel, message: string, more: object = {}) =>
  person.call(drafts.save, { body: { channel_id: channel.id, message, ...more } })
const list = (person: Person) => person.call(drafts.list, { params: { user_id: 'me', team_id: at.team.id } })
const here = (channel: Channel) => ({ params: { user_id: 'me', channel_id: channel.id } })

describe('a draft', () => {
  it('exists once in each place, is listed newest first, and is overwritten', async () => {
    const { bo, ana } = at
    const root = await write(ana, room, 'question')
    const talk = await direct(ana, bo)
    await save(bo, room, 'first try', { props: { a: 1 }, priority: { priority: 'urgent' } })
    await save(bo, talk, 'psst')
    await save(bo, room, 'answer', { root_id: root.id })
    const second = await save(bo, room, 'second try', { file_ids: [root.id] })
    expect(second).toMatchObject({ user_id: bo.id, message: 'second try', props: {}, file_ids: [root.id] })
    expect((await list(bo)).map((each) => each.message)).toEqual(['second try', 'answer', 'psst'])
    expect(await list(ana)).toEqual([])
    await bo.call(drafts.remove, here(room))
    const inThread = { params: { user_id: 'me', channel_id: room.id, thread_id: root.id } }
    await bo.call(drafts.removeOfThread, inThread)
    // After every sent message, clients delete the draft, even if there was none.
    const nowhere = { params: { user_id: 'me', channel_id: root.id } }
    for (const remove of [bo.call(drafts.removeOfThread, inThread), bo.call(drafts.remove, nowhere)])
      expect(await remove).toEqual({ status: 'OK' })
    await save(bo, talk, '')
    expect(await list(bo)).toEqual([])
  })

  it('is sent to the writer’s other clients, and to nobody else', async () => {
    const { bo, ana } = at
    const [own, other, foreign] = [await bo.listen(), await bo.listen(), await ana.listen()]
    const fetchAs = (method: string, path: string, body?: object) =>
      bo.fetch(`/api/v4${path}`, {
        method,
        headers: { 'connection-id': own.connectionId },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    const body = { channel_id: room.id, message: 'begun' }
    await fetchAs('POST', '/drafts', body)
    await fetchAs('POST', '/drafts', { ...body, message: 'goes on' })
    await fetchAs('DELETE', `/users/me/channels/${room.id}/drafts`)
    const begun = JSON.parse((await other.next('draft_created')).draft) as Draft
    expect(begun).toMatchObject({
      user_id: bo.id,
      channel_id: room.id,
      root_id: '',
      message: 'begun',
      delete_at: 0,
    })
    expect(JSON.parse((await other.next('draft_updated')).draft)).toMatchObject({ message: 'goes on' })
    const gone = JSON.parse((await other.next('draft_deleted')).draft) as Draft
    expect(gone.delete_at).toBeGreaterThan(0)
    for (const listener of [own, foreign]) {
      await listener.settle()
      for (const event of ['draft_created', 'draft_updated', 'draft_deleted'] as const) {
        expect(listener.all(event)).toEqual([])
      }
    }
  })

  it('is deleted with its root and with the membership, and kept while the channel is archived', async () => {
    const { ana } = at
    const cy = await signUp(at.server, 'cy', at.team.invite_id)
    const channel = await channelOf(ana, at.team, 'O', [cy])
    const root = await write(ana, channel, 'question')
    await save(cy, channel, 'answer', { root_id: root.id })
    await save(cy, channel, 'stays')
    const listener = await cy.listen()
    await ana.call(posts.remove, { params: { post_id: root.id } })
    expect(JSON.parse((await listener.next('draft_deleted')).draft)).toMatchObject({ root_id: root.id })
    const params = { channel_id: channel.id }
    await ana.call(channels.archive, { params })
    expect(await list(cy)).toEqual([])
    await ana.call(channels.restore, { params })
    expect((await list(cy)).map((each) => each.message)).toEqual(['stays'])
    await cy.call(members.remove, { params: { ...params, user_id: cy.id } })
    await cy.call(members.add, { params, body: { user_id: cy.id } })
    expect(await list(cy)).toEqual([])
  })

  it('is refused without permission, with a wrong root, if too long, and while drafts are off', async () => {
    const { ana, bo, eve, root } = at
    await refused('channels.not_found', save(eve, room, 'x'))
    const post = await write(ana, at.townSquare, 'elsewhere')
    await refused('api.post.create_post.root_id.app_error', save(bo, room, 'x', { root_id: post.id }))
    await refused('posts.too_long', save(bo, room, 'x'.repeat(16_384)))
    await root.call(settings.patch, { body: { ServiceSettings: { AllowSyncedDrafts: false } } })
    await refused('drafts.off', save(bo, room, 'x'))
    await refused('drafts.off', list(bo))
    await refused('drafts.off', bo.call(drafts.remove, here(room)))
    await root.call(settings.patch, { body: { ServiceSettings: { AllowSyncedDrafts: true } } })
  })
})
