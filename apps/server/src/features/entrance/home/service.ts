import type { Home } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { rolesByNames } from '../../ground/roles/index.ts'
import { licenseOf, readClientConfig } from '../../ground/settings/index.ts'
import { listPreferences } from '../../people/preferences/index.ts'
import { statusesOf } from '../../people/presence/index.ts'
import { fullUser, shownUser, usersByIds } from '../../people/users/index.ts'
import { sidebarsOf } from '../../places/categories/index.ts'
import { channelsOfUser, isConversation, shownChannel } from '../../places/channels/index.ts'
import { memberRolesOf, membershipsOf, ownMember, peopleOf } from '../../places/members/index.ts'
import { shownTeam, shownTeamMember, teamsOfUser } from '../../places/teams/index.ts'

const wordsIn = (roles: Iterable<string>) =>
  [...roles].flatMap((names) => names.split(' ')).filter((name) => name !== '')

/** Everything that our client shows first, with a handful of queries, however many channels there are. */
export const getHome = async (context: Context): Promise<Home> => {
  const { actor, db, server } = context
  const { userId } = actor
  const [me] = await usersByIds(server, [userId])
  if (!me) throw new Fault('users.not_found')
  const [preferences, teams, channels, members] = await Promise.all([
    listPreferences(db, userId),
    teamsOfUser(db, userId),
    channelsOfUser(db, userId, '', false),
    membershipsOf(db, userId, ''),
  ])
  const conversations = channels.filter(isConversation).map((channel) => channel.id)
  const [people, categories] = await Promise.all([
    conversations.length > 0 ? peopleOf(db, conversations) : [],
    sidebarsOf(
      db,
      userId,
      teams.map((team) => team.id),
      channels,
    ),
  ])
  const partners = people.map((row) => row.user_id).filter((id) => id !== userId)
  const [users, statuses] = await Promise.all([
    usersByIds(server, partners),
    statusesOf(server, [userId, ...partners]),
  ])
  const shownTeamMembers = teams.map(({ member }) => shownTeamMember(member))
  const live = new Set(channels.map((channel) => channel.id))
  const roles = wordsIn([
    me.roles,
    ...shownTeamMembers.map((member) => member.roles),
    ...members.map(memberRolesOf),
  ])
  return {
    config: await readClientConfig(context),
    license: licenseOf(server),
    me: fullUser(me),
    preferences,
    roles: rolesByNames(server, roles),
    teams: teams.map(({ member, ...team }) => shownTeam(context, team, member)),
    team_members: shownTeamMembers,
    channels: channels.map(shownChannel),
    channel_members: members.filter((member) => live.has(member.channel_id)).map(ownMember),
    categories,
    users: users.map((user) => shownUser(context, user)),
    direct: Object.fromEntries(
      [...Map.groupBy(people, (row) => row.channel_id)].map(([id, rows]) => [
        id,
        rows.map((row) => row.user_id),
      ]),
    ),
    statuses,
  }
}
