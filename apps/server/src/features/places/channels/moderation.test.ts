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
import {
  bookmarks,
  type Channel,
  channels,
  commands,
  drafts,
  home,
  members,
  posts,
  reactions,
  roles,
  scheduled,
  typing,
} from '@plausch/wire'
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
/** Bo administers the channel, Ana administers its team, Mia is a member. */
const room = (type: 'O' | 'P' = 'P') => channelOf(at.bo, at.team, type, [at.ana, mia, guest])

describe('the moderation of a channel', () => {
  it('allows everything that roles grant, until somebody changes that', async () => {
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

  it('can deny writing to members or to guests, but not to administrators', async () => {
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
    // A person who cannot write cannot mention everybody either.
    expect(await stateOf(channel, 'use_channel_mentions')).toMatchObject({
      guests: { value: false, enabled: false },
    })
    const other = await room()
    await write(guest, other, 'elsewhere as before')
  })

  it('can deny reactions, managing members, and mentions of everybody', async () => {
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

  it('is announced to the channel, and only if something changed', async () => {
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
    // Another change of the channel keeps the moderation.
    await forbidden(write(mia, channel, 'no'))
  })

  it('gives members lesser roles there, so that clients know what not to offer', async () => {
    const channel = await room()
    await moderate(channel, 'create_post', { members: false, guests: false })
    await moderate(channel, 'manage_bookmarks', { members: false })
    const rolesOf = async (by: Person, user_id = by.id) =>
      (await by.call(members.get, { params: { channel_id: channel.id, user_id } })).roles
    expect(await rolesOf(mia)).toBe('channel_user_less_17')
    expect(await rolesOf(guest)).toBe('channel_guest_less_1')
    expect(await rolesOf(mia, at.bo.id)).toBe('channel_user_less_17 channel_admin')
    const lists = [
      await mia.call(members.listOfUserInTeam, { params: { user_id: 'me', team_id: at.team.id } }),
      (await mia.call(home.get, {})).channel_members,
    ]
    for (const list of lists)
      expect(list.find(({ channel_id }) => channel_id === channel.id)?.roles).toBe('channel_user_less_17')
    const names = ['channel_user', 'channel_user_less_17', 'channel_user_less_99', 'channel_user_less_017']
    const found = await mia.call(roles.listByNames, { body: names })
    expect(found.map(({ name }) => name)).toEqual(['channel_user', 'channel_user_less_17'])
    const [full = [], less = []] = found.map(({ permissions }) => permissions)
    const denied = ['create_post', 'add_bookmark_public_channel', 'delete_bookmark_private_channel']
    expect(full).toEqual(expect.arrayContaining(denied))
    expect(less.filter((id) => denied.includes(id))).toEqual([])
    expect(less).toContain('add_reaction')
    const one = await guest.call(roles.getByName, { params: { role_name: 'channel_guest_less_1' } })
    expect(one.permissions).not.toContain('create_post')
    // If a client sends the lesser role back, the person keeps the original role.
    const params = { channel_id: channel.id, user_id: mia.id }
    await at.bo.call(members.setRoles, { params, body: { roles: 'channel_user_less_17 channel_admin' } })
    expect(await rolesOf(mia)).toBe('channel_user_less_17 channel_admin')
    await write(mia, channel, 'as its administrator')
  })

  it('a lesser role follows changes of the original role', async () => {
    const channel = await room()
    await moderate(channel, 'create_reactions', { members: false })
    const [role] = await mia.call(roles.listByNames, { body: ['channel_user'] })
    if (!role) throw new Error('there is no such role')
    const set = (permissions: string[]) =>
      at.root.call(roles.patch, { params: { role_id: role.id }, body: { permissions } })
    const socket = await mia.listen()
    await set(role.permissions.filter((id) => id !== 'create_post'))
    const told = await socket.next('role_updated', (data) => data.role.includes('channel_user_less_2'))
    expect(JSON.parse(told.role).permissions).not.toContain('create_post')
    await set(role.permissions)
    await moderate(channel, 'create_reactions', { members: true })
    const params = { channel_id: channel.id, user_id: mia.id }
    expect((await mia.call(members.get, { params })).roles).toBe('channel_user')
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

  it('does not apply to people who become administrators of the channel later', async () => {
    const channel = await room()
    await moderate(channel, 'create_post', { members: false })
    const params = { channel_id: channel.id, user_id: mia.id }
    await at.bo.call(members.setRoles, { params, body: { roles: 'channel_user channel_admin' } })
    await write(mia, channel, 'as its administrator')
    await at.bo.call(members.setRoles, { params, body: { roles: 'channel_user' } })
    await forbidden(write(mia, channel, 'no more'))
  })

  it('cannot be bypassed with older posts, commands or scheduled posts', async () => {
    const channel = await room()
    const post = await write(mia, channel, 'first')
    const about = { params: { post_id: post.id } }
    await mia.call(posts.patch, { ...about, body: { message: 'second' } })
    const [version] = await mia.call(posts.history, about)
    await mia.call(posts.pin, about)
    const later = { channel_id: channel.id, message: 'later', scheduled_at: Date.now() + 3_600_000 }
    const planned = await mia.call(scheduled.create, { body: later })
    await moderate(channel, 'create_post', { members: false })
    const told = await at.bo.listen()
    const say = (command: string) => mia.call(commands.execute, { body: { channel_id: channel.id, command } })
    const params = { post_id: post.id, restore_version_id: version?.id ?? '' }
    for (const attempt of [
      () => mia.call(posts.patch, { ...about, body: { message: 'third' } }),
      () => mia.call(posts.update, { ...about, body: { id: post.id, message: 'third' } }),
      () => mia.call(posts.patch, { ...about, body: { props: { attachments: [{ text: 'third' }] } } }),
      () => mia.call(posts.restoreVersion, { params }),
      () => mia.call(posts.pin, about),
      () => mia.call(posts.unpin, about),
      () => mia.call(typing.send, { params: { user_id: 'me' }, body: { channel_id: channel.id } }),
      () => mia.call(scheduled.create, { body: later }),
      () =>
        mia.call(scheduled.update, {
          params: { scheduled_post_id: planned.id },
          body: { ...planned, message: 'other' },
        }),
      () => mia.call(drafts.save, { body: { channel_id: channel.id, message: 'draft' } }),
    ])
      await forbidden(attempt())
    for (const command of ['/me waves', '/shrug', '/echo hello', '/echo hello 1'])
      expect((await say(command)).text).toBe('You do not have the permission for this.')
    const reply = await (await mia.listen()).act('user_typing', { channel_id: channel.id })
    expect(reply).toMatchObject({ status: 'FAIL', error: { id: 'api.context.permissions.app_error' } })
    expect(await at.bo.call(posts.get, about)).toMatchObject({ message: 'second', is_pinned: true })
    await told.settle()
    for (const event of ['posted', 'post_edited', 'typing'] as const) expect(told.all(event)).toEqual([])
    // Deleting the post is still allowed.
    await mia.call(posts.remove, { ...about })
  })

  it('of mentions cannot be bypassed by an edit or by restoring an earlier version', async () => {
    const channel = await room()
    const [first, second] = [await write(mia, channel, 'hello'), await write(mia, channel, '@all hello')]
    const about = (post: { id: string }) => ({ post_id: post.id })
    await mia.call(posts.patch, { params: about(second), body: { message: 'hello' } })
    await moderate(channel, 'use_channel_mentions', { members: false })
    const marked = { message: '@all hello', props: { mentionHighlightDisabled: true } }
    const body = { message: '@all hello' }
    expect(await mia.call(posts.patch, { params: about(first), body })).toMatchObject(marked)
    const [version] = await mia.call(posts.history, { params: about(second) })
    const params = { ...about(second), restore_version_id: version?.id ?? '' }
    expect(await mia.call(posts.restoreVersion, { params })).toMatchObject(marked)
  })
})
