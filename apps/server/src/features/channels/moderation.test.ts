/** What members and guests may not do in one channel. */
import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  write,
} from '@plausch/testkit'
import { bookmarks, type Channel, channels, members, posts, reactions } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let guest: Person
let mia: Person
beforeAll(async () => {
  at = await place()
  mia = await signUp(at.server, 'mia', at.team.invite_id)
  guest = await asGuest(at, await signUp(at.server, 'gast', at.team.invite_id))
})
afterAll(() => at.stop())

type Name =
  | 'create_post'
  | 'create_reactions'
  | 'manage_members'
  | 'use_channel_mentions'
  | 'manage_bookmarks'

const moderate = (
  channel: Channel,
  name: Name,
  roles: { members?: boolean; guests?: boolean },
  by = at.root,
) => by.call(channels.patchModerations, { params: { channel_id: channel.id }, body: [{ name, roles }] })
const stateOf = async (channel: Channel, name: Name) => {
  const all = await at.root.call(channels.getModerations, { params: { channel_id: channel.id } })
  return all.find((each) => each.name === name)?.roles
}
const forbidden = (attempt: Promise<unknown>) => refused('api.context.permissions.app_error', attempt)
/** Bo administers the channel, Ana its team, Mia is a member. */
const room = (type: 'O' | 'P' = 'P') => channelOf(at.bo, at.team, type, [at.ana, mia, guest])

describe('the moderation of a channel', () => {
  it('lets all do what their roles let them, until it is said otherwise', async () => {
    const channel = await room()
    const all = await at.root.call(channels.getModerations, { params: { channel_id: channel.id } })
    expect(all.map((each) => each.name)).toEqual([
      'create_post',
      'create_reactions',
      'manage_members',
      'use_channel_mentions',
      'manage_bookmarks',
    ])
    for (const { name, roles } of all) {
      expect(roles.members).toEqual({ value: true, enabled: true })
      const hasGuests = name !== 'manage_members' && name !== 'manage_bookmarks'
      expect(roles.guests).toEqual(hasGuests ? { value: true, enabled: true } : undefined)
    }
  })

  it('takes writing from members or from guests, but from no administrator', async () => {
    const channel = await room()
    await moderate(channel, 'create_post', { members: false })
    await forbidden(write(mia, channel, 'no'))
    for (const person of [at.bo, at.ana, at.root, guest]) await write(person, channel, 'yes')
    await moderate(channel, 'create_post', { members: true, guests: false })
    await write(mia, channel, 'again')
    await forbidden(write(guest, channel, 'no'))
    expect(await stateOf(channel, 'create_post')).toMatchObject({
      guests: { value: false, enabled: true },
      members: { value: true, enabled: true },
    })
    // Nobody calls everybody who cannot write.
    expect(await stateOf(channel, 'use_channel_mentions')).toMatchObject({
      guests: { value: false, enabled: false },
    })
    const other = await room()
    await write(guest, other, 'elsewhere as before')
  })

  it('takes reactions, members and mentions of everybody', async () => {
    const channel = await room('O')
    const post = await write(at.bo, channel, 'hello')
    const react = (by: Person) =>
      by.call(reactions.save, { body: { user_id: by.id, post_id: post.id, emoji_name: 'smile' } })
    await react(mia)
    await moderate(channel, 'create_reactions', { members: false })
    const params = { user_id: mia.id, post_id: post.id, emoji_name: 'smile' }
    await forbidden(mia.call(reactions.remove, { params }))
    await react(at.bo)
    await react(guest)
    await moderate(channel, 'manage_members', { members: false })
    const nina = await signUp(at.server, 'nina', at.team.invite_id)
    const add = (by: Person) =>
      by.call(members.add, { params: { channel_id: channel.id }, body: { user_id: nina.id } })
    await forbidden(add(mia))
    await add(at.bo)
    const note = (by: Person) =>
      by.call(bookmarks.create, {
        params: { channel_id: channel.id },
        body: { display_name: 'Plan', type: 'link', link_url: 'https://example.org' },
      })
    await note(mia)
    await moderate(channel, 'manage_bookmarks', { members: false })
    await forbidden(note(mia))
    await note(at.bo)
    await moderate(channel, 'use_channel_mentions', { members: false })
    expect((await write(mia, channel, '@all hello')).props).toMatchObject({ mentionHighlightDisabled: true })
    expect((await write(at.bo, channel, '@all hello')).props).not.toHaveProperty('mentionHighlightDisabled')
  })

  it('is told to the people in the channel, and to nobody where nothing changed', async () => {
    const channel = await room()
    const [inside, eve] = [await mia.listen(), await at.eve.listen()]
    await moderate(channel, 'create_post', { members: false })
    await inside.next('channel_scheme_updated')
    const told = JSON.parse((await inside.next('channel_updated')).channel) as Channel
    expect(told.id).toBe(channel.id)
    await moderate(channel, 'create_post', { members: false })
    await inside.settle()
    await eve.settle()
    expect(inside.all('channel_scheme_updated')).toHaveLength(1)
    expect(eve.all('channel_scheme_updated')).toEqual([])
    await at.bo.call(channels.patch, { params: { channel_id: channel.id }, body: { header: 'changed' } })
    // Another change of the channel leaves it as it is.
    await forbidden(write(mia, channel, 'no'))
  })

  it('is for administrators of the server, and not for conversations', async () => {
    const channel = await room()
    for (const person of [at.ana, at.bo, at.eve]) {
      await forbidden(moderate(channel, 'create_post', { members: false }, person))
      await forbidden(person.call(channels.getModerations, { params: { channel_id: channel.id } }))
    }
    await refused(
      'channels.not_found',
      moderate(await direct(at.ana, at.bo), 'create_post', { members: false }),
    )
    const own = await direct(at.root, at.bo)
    await refused('channels.direct', moderate(own, 'create_post', { members: false }))
    const wrong = 'edit_post' as Name
    await refused('api.context.invalid_body_param.app_error', moderate(channel, wrong, { members: false }))
    expect(await write(mia, channel, 'as before')).toMatchObject({ message: 'as before' })
  })

  it('holds for who gets a right in the channel later', async () => {
    const channel = await room()
    await moderate(channel, 'create_post', { members: false })
    const params = { channel_id: channel.id, user_id: mia.id }
    await at.bo.call(members.setRoles, { params, body: { roles: 'channel_user channel_admin' } })
    await write(mia, channel, 'as its administrator')
    await at.bo.call(members.setRoles, { params, body: { roles: 'channel_user' } })
    await forbidden(write(mia, channel, 'no more'))
    // What was written before stays its author's to change.
    const { order, posts: found } = await mia.call(posts.listInChannel, {
      params: { channel_id: channel.id },
    })
    const id = order.find((each) => found[each]?.message === 'as its administrator') ?? ''
    await mia.call(posts.patch, { params: { post_id: id }, body: { message: 'changed' } })
  })
})
