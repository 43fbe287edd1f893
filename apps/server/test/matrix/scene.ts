/** The place of the permission matrix: its people, teams and channels. */
import { channelOf, direct, type Person, type Place, signUp, unique } from '@plausch/testkit'
import { type Channel, roles, settings, type Team, teams, users } from '@plausch/wire'
import type { Actor } from './actors.ts'

export type Scene = {
  at: Place
  people: Record<Exclude<Actor, 'anonymous'>, Person>
  /** Owns what the operations are about, and is nobody's actor. */
  owner: Person
  /** Whom the operations are about: an ordinary member of team and channels. */
  target: Person
  closed: Team
  open: Team
  rooms: Record<'private' | 'public' | 'direct', Channel>
  roleId: string
}

export const inClosed = (team: Team, person: Person) => ({ team_id: team.id, user_id: person.id })

/** Builds the place. */
export const build = async (at: Place): Promise<Scene> => {
  const { root: owner, team: closed } = at
  await owner.call(settings.patch, { body: { ServiceSettings: { EnableUserAccessTokens: true } } })
  const make = (name: string) => signUp(at.server, name, closed.invite_id)
  const [stranger, elsewhere, member, inside, teamAdmin] = [
    await make('stranger'),
    await make('elsewhere'),
    await make('member'),
    await make('inside'),
    await make('teamadmin'),
  ]
  const [deactivated, root, target] = [await make('deactivated'), await make('chief'), await make('target')]
  for (const person of [stranger, elsewhere, root])
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
  const people = { stranger, elsewhere, member, inside, teamAdmin, deactivated, root }
  const crowd = [inside, deactivated, target]
  const rooms = {
    private: await channelOf(owner, closed, 'P', crowd),
    public: await channelOf(owner, closed, 'O', crowd),
    direct: await direct(owner, target),
  }
  await owner.call(users.setActive, { params: { user_id: deactivated.id }, body: { active: false } })
  const roleId = (await owner.call(roles.getByName, { params: { role_name: 'team_user' } })).id
  return { at, people, owner, target, closed, open, rooms, roleId }
}
