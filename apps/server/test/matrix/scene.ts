/** The place of the permission matrix: its people, teams and channels. */
import { channelOf, direct, type Person, type Place, signIn, signUp, unique } from '@plausch/testkit'
import { type Channel, channels, members, roles, settings, type Team, teams, users } from '@plausch/wire'
import type { Actor } from './who.ts'

export type Scene = {
  at: Place
  people: Record<Exclude<Actor, 'anonymous'>, Person>
  /** Owns the things that operations are about, and is no actor. */
  owner: Person
  /** The person that operations are about: an ordinary member of team and channels. */
  target: Person
  closed: Team
  open: Team
  rooms: Record<'private' | 'public' | 'direct', Channel>
  roleId: string
}

export const inClosed = (team: Team, person: Person) => ({ team_id: team.id, user_id: person.id })

/** Builds the people, teams and channels. */
export const build = async (at: Place): Promise<Scene> => {
  const { root: owner, team: closed } = at
  await owner.call(settings.patch, {
    body: {
      ServiceSettings: { EnableUserAccessTokens: true },
      PlauschSettings: { AdministratorsMayCreateTokensForOthers: true },
    },
  })
  const make = (name: string) => signUp(at.server, name, closed.invite_id)
  const [visitor, elsewhere, member, inside, teamAdmin] = [
    await make('guest'),
    await make('elsewhere'),
    await make('member'),
    await make('inside'),
    await make('teamadmin'),
  ]
  const [deactivated, root, target] = [await make('deactivated'), await make('chief'), await make('target')]
  for (const person of [elsewhere, root])
    await owner.call(teams.removeMember, { params: inClosed(closed, person) })
  const params = inClosed(closed, teamAdmin)
  await owner.call(teams.setMemberRoles, { params, body: { roles: 'team_user team_admin' } })
  await owner.call(users.setRoles, {
    params: { user_id: root.id },
    body: { roles: 'system_user system_admin' },
  })
  const open = await owner.call(teams.create, {
    body: { name: unique('open'), display_name: 'Open', type: 'O' },
  })
  await owner.call(teams.addMember, { params: { team_id: open.id }, body: { user_id: target.id } })
  const other = await owner.call(teams.create, {
    body: { name: unique('other'), display_name: 'Other', type: 'I' },
  })
  await owner.call(teams.addMember, { params: { team_id: other.id }, body: { user_id: elsewhere.id } })
  await owner.call(settings.patch, { body: { GuestAccountsSettings: { Enable: true } } })
  await owner.call(users.demote, { params: { user_id: visitor.id } })
  const guest = await signIn(at.server, visitor.username)
  // A member who becomes a guest keeps their channels; this guest should be in the private room only.
  for (const { id } of await guest.call(channels.listOfUserInTeam, {
    params: { user_id: 'me', team_id: closed.id },
  }))
    await owner.call(members.remove, { params: { channel_id: id, user_id: guest.id } })
  const people = { guest, elsewhere, member, inside, teamAdmin, deactivated, root }
  const crowd = [inside, deactivated, target]
  const rooms = {
    private: await channelOf(owner, closed, 'P', [...crowd, guest]),
    public: await channelOf(owner, closed, 'O', crowd),
    direct: await direct(owner, target),
  }
  await owner.call(users.setActive, { params: { user_id: deactivated.id }, body: { active: false } })
  const roleId = (await owner.call(roles.getByName, { params: { role_name: 'team_user' } })).id
  return { at, people, owner, target, closed, open, rooms, roleId }
}
