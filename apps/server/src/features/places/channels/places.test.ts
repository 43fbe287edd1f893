/** Access is always checked against the current state: the cache of places never outlives a change. */
import {
  asGuest,
  channelOf,
  type Person,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  write,
} from '@plausch/testkit'
import { type Channel, channels, members, posts, sessions, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const read = (by: Person, channel: Channel) =>
  by.call(posts.listInChannel, { params: { channel_id: channel.id } })
const look = (by: Person, channel: Channel) => by.call(members.list, { params: { channel_id: channel.id } })
const isShut = async (by: Person, channel: Channel) => {
  await refused('channels.not_found', read(by, channel))
  await refused('channels.not_found', look(by, channel))
  await refused('channels.not_found', write(by, channel, 'let me in'))
}
const inTeam = () => signUp(at.server, 'kim', at.team.invite_id)
/** A person who reads and writes in a channel, so that their access is cached. */
const atHome = async (channel: Channel, by: Person): Promise<Person> => {
  await read(by, channel)
  await look(by, channel)
  await write(by, channel, 'here I am')
  return by
}
const of = (channel: Channel, person: Person) => ({ channel_id: channel.id, user_id: person.id })

describe('the very next request', () => {
  it('is refused to a person who was removed from a channel, and allowed to one who was added', async () => {
    const [ana, kim] = [at.ana, await inTeam()]
    const channel = await channelOf(ana, at.team, 'P')
    await isShut(kim, channel)
    await ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: kim.id } })
    await atHome(channel, kim)
    await ana.call(members.remove, { params: of(channel, kim) })
    await isShut(kim, channel)
  })

  it('is refused to non-members when a public channel becomes private', async () => {
    const kim = await inTeam()
    const channel = await channelOf(at.ana, at.team, 'O')
    await read(kim, channel)
    await at.root.call(channels.setPrivacy, {
      params: { channel_id: channel.id },
      body: { privacy: 'P' },
    })
    await isShut(kim, channel)
  })

  it('is refused after the channel was archived or moved away', async () => {
    const kim = await inTeam()
    const [archived, moved] = [
      await channelOf(at.ana, at.team, 'P', [kim]),
      await channelOf(at.ana, at.team, 'O', [kim]),
    ]
    await atHome(archived, kim)
    await atHome(moved, kim)
    await at.ana.call(channels.archive, { params: { channel_id: archived.id } })
    await refused('channels.archived', write(kim, archived, 'too late'))
    await read(kim, archived)
    const other = await at.root.call(teams.create, {
      body: { name: 'elsewhere', display_name: 'Elsewhere', type: 'O' },
    })
    await at.root.call(channels.move, {
      params: { channel_id: moved.id },
      body: { team_id: other.id, force: true },
    })
    await isShut(kim, moved)
  })

  it('follows removing from the team, adding to it, and archiving it', async () => {
    const [kim, lou] = [await inTeam(), await inTeam()]
    const team = await at.root.call(teams.create, {
      body: { name: 'short-lived', display_name: 'Short', type: 'O' },
    })
    for (const { id } of [at.ana, kim, lou])
      await at.root.call(teams.addMember, {
        params: { team_id: team.id },
        body: { team_id: team.id, user_id: id },
      })
    const channel = await channelOf(at.ana, team, 'O')
    for (const each of [kim, lou]) await read(each, channel)
    const late = await inTeam()
    await isShut(late, channel)
    await at.root.call(teams.addMember, {
      params: { team_id: team.id },
      body: { team_id: team.id, user_id: late.id },
    })
    await read(late, channel)
    await at.root.call(teams.removeMember, { params: { team_id: team.id, user_id: kim.id } })
    await isShut(kim, channel)
    await read(lou, channel)
    await at.root.call(teams.archive, { params: { team_id: team.id } })
    await isShut(lou, channel)
    await at.root.call(teams.restore, { params: { team_id: team.id } })
    await read(lou, channel)
    await isShut(kim, channel)
  })

  it('is refused in public channels to a person who became a guest', async () => {
    const kim = await inTeam()
    const channel = await channelOf(at.ana, at.team, 'O')
    await read(kim, channel)
    await isShut(await asGuest(at, kim), channel)
    await at.root.call(users.promote, { params: { user_id: kim.id } })
    await read(await signIn(at.server, kim.username), channel)
  })

  it('cannot write while members are denied it, but can as an administrator of the channel', async () => {
    const kim = await inTeam()
    const channel = await channelOf(at.ana, at.team, 'P', [kim])
    await atHome(channel, kim)
    await at.root.call(channels.patchModerations, {
      params: { channel_id: channel.id },
      body: [{ name: 'create_post', roles: { members: false } }],
    })
    const denied = () => refused('api.context.permissions.app_error', write(kim, channel, 'no'))
    await denied()
    const become = (scheme_admin: boolean) =>
      at.ana.call(members.setSchemeRoles, {
        params: of(channel, kim),
        body: { scheme_user: true, scheme_admin },
      })
    await become(true)
    await write(kim, channel, 'yes')
    await become(false)
    await denied()
  })

  it('can do what administrators of the team can, as long as the person is one', async () => {
    const kim = await inTeam()
    const channel = await channelOf(at.ana, at.team, 'P', [kim])
    await at.root.call(channels.patchModerations, {
      params: { channel_id: channel.id },
      body: [{ name: 'create_post', roles: { members: false } }],
    })
    const denied = () => refused('api.context.permissions.app_error', write(kim, channel, 'no'))
    await denied()
    const become = (roles: string) =>
      at.root.call(teams.setMemberRoles, {
        params: { team_id: at.team.id, user_id: kim.id },
        body: { roles },
      })
    await become('team_user team_admin')
    await write(kim, channel, 'yes')
    await become('team_user')
    await denied()
  })

  it('is refused to a session that has ended, even if the person has another one', async () => {
    const kim = await inTeam()
    const channel = await channelOf(at.ana, at.team, 'P', [kim])
    await atHome(channel, kim)
    await kim.call(sessions.logout)
    await refused('api.context.session_expired.app_error', read(kim, channel))
  })
})

it('the record of a cached channel has the current totals', async () => {
  const channel = await channelOf(at.ana, at.team, 'O')
  await atHome(channel, at.ana)
  await write(at.ana, channel, 'two')
  const { total_msg_count } = await at.ana.call(channels.get, { params: { channel_id: channel.id } })
  expect(total_msg_count).toBe(2)
})
