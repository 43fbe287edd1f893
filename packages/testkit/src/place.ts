/** People in a team: the cast of most tests. */
import {
  type Channel,
  channels,
  members,
  type Post,
  posts,
  settings,
  type Team,
  teams,
  users,
} from '@plausch/wire'
import { type Person, signIn, signUp, unique } from './person.ts'
import { type ServerOptions, startServer, type TestServer } from './server.ts'

export type Place = {
  server: TestServer
  /** Administrator of the server. */
  root: Person
  team: Team
  townSquare: Channel
  /** Ana administers the team; Bo is a member. */
  ana: Person
  bo: Person
  /** Eve has an account and is in no team. */
  eve: Person
  stop(): Promise<void>
}

/** A server with an administrator, a closed team with Ana and Bo in it, and Eve outside. */
export const place = async (options: ServerOptions = {}): Promise<Place> => {
  const server = await startServer(options)
  const root = await signUp(server, 'root')
  const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
  const team = await root.call(teams.create, { body })
  const ana = await signUp(server, 'ana', team.invite_id)
  const bo = await signUp(server, 'bo', team.invite_id)
  const params = { team_id: team.id, user_id: ana.id }
  await root.call(teams.setMemberRoles, { params, body: { roles: 'team_user team_admin' } })
  // She signs up by an invitation and leaves again: an account without a team, whatever the server's settings
  // are.
  const eve = await signUp(server, 'eve', team.invite_id)
  await root.call(teams.removeMember, { params: { team_id: team.id, user_id: eve.id } })
  const townSquare = await ana.call(channels.getByName, {
    params: { team_id: team.id, channel_name: 'town-square' },
  })
  return { server, root, team, townSquare, ana, bo, eve, stop: () => server.stop() }
}

/** Turns a person into a guest, signed in again; they stay in their channels. */
export const asGuest = async ({ root, server }: Place, person: Person): Promise<Person> => {
  await root.call(settings.patch, { body: { GuestAccountsSettings: { Enable: true } } })
  await root.call(users.demote, { params: { user_id: person.id } })
  return await signIn(server, person.username)
}

/** A channel that a person creates, with others in it. */
export const channelOf = async (
  by: Person,
  team: Team,
  type: 'O' | 'P',
  others: Person[] = [],
): Promise<Channel> => {
  const name = unique('channel')
  const channel = await by.call(channels.create, {
    body: { team_id: team.id, name, display_name: name, type },
  })
  for (const other of others) {
    await by.call(members.add, { params: { channel_id: channel.id }, body: { user_id: other.id } })
  }
  return channel
}

export const direct = (by: Person, other: Person): Promise<Channel> =>
  by.call(channels.createDirect, { body: [by.id, other.id] })

/** Writes a message. */
export const write = (by: Person, channel: Channel, message: string, rootId = ''): Promise<Post> =>
  by.call(posts.create, { body: { channel_id: channel.id, message, root_id: rootId } })
