/** The start bundle: everything our own client shows first, in one answer. */
import { type Static, Type } from 'typebox'
import { OrderedCategories } from './categories.ts'
import { Channel } from './channels.ts'
import { ChannelMember } from './members.ts'
import { operations, ours } from './operation.ts'
import { Preference } from './preferences.ts'
import { Status } from './presence.ts'
import { Id, Strings } from './records.ts'
import { Role } from './roles.ts'
import { Team, TeamMember } from './teams.ts'
import { User } from './users.ts'

/** `users` are the partners of direct and group conversations; `categories` is keyed by team id; `direct` maps a conversation to its people. */
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
