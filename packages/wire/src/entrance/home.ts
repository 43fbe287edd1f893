/** The start bundle: everything that our own client shows first, in one reply. */
import { type Static, Type } from 'typebox'
import { Role } from '../ground/roles.ts'
import { operations, ours } from '../operation.ts'
import { Preference } from '../people/preferences.ts'
import { Status } from '../people/presence.ts'
import { User } from '../people/users.ts'
import { OrderedCategories } from '../places/categories.ts'
import { Channel } from '../places/channels.ts'
import { ChannelMember } from '../places/members.ts'
import { Team, TeamMember } from '../places/teams.ts'
import { Id, Strings } from '../records.ts'

/**
 * `users` are the other people in direct and group conversations. The keys of `categories` are team ids.
 * `direct` maps each conversation to its people.
 */
export const Home = Type.Object({
  config: Strings,
  license: Strings,
  me: User,
  preferences: Type.Array(Preference),
  roles: Type.Array(Role),
  teams: Type.Array(Team),
  team_members: Type.Array(TeamMember),
  channels: Type.Array(Channel),
  channel_members: Type.Array(ChannelMember),
  categories: Type.Record(Id, OrderedCategories),
  users: Type.Array(User),
  direct: Type.Record(Id, Type.Array(Id)),
  statuses: Type.Array(Status),
})
export type Home = Static<typeof Home>

export const home = operations('home', {
  get: ours.get('/home', { reply: Home }),
})
