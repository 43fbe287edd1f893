/** Who may do what in a channel, so that a refusal can say whom to ask. */
import { Collection, everyPage, keyed, type Source, select } from '@plausch/client'
import { type Channel, users as userOperations } from '@plausch/wire'
import type { Read, Reason } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'

/** Administrators of channels and teams, by the id of the channel or team, once somebody asked for them. */
const admins = new Collection<readonly string[]>()

const PAGE = 200
const MOST_NAMES = 5

const load = async (id: string, query: Record<string, string>): Promise<void> => {
  const found = await everyPage(PAGE, (page) =>
    client.call(userOperations.list, { query: { ...query, ...page } }),
  )
  for (const user of found) client.users.put(user)
  admins.set(
    id,
    found.map((user) => user.id),
  )
}

/** Loads who administers a channel. */
export const loadChannelAdmins = (channelId: string): Promise<void> =>
  load(channelId, { in_channel: channelId, channel_roles: 'channel_admin' })

/** Loads who administers a team. */
export const loadTeamAdmins = (teamId: string): Promise<void> =>
  load(teamId, { in_team: teamId, team_roles: 'team_admin' })

/** Loads who administers a channel and its team. Without them a refusal names only their role. */
export const loadAdmins = ({ id, team_id }: Channel): void => {
  if (team_id === '') return
  Promise.all([loadChannelAdmins(id), loadTeamAdmins(team_id)]).catch(() => undefined)
}

/** The administrators of a channel or a team; undefined until somebody asked for them. */
export const adminsOf = (id: string): Source<readonly string[] | undefined> => admins.at(id)

/** The names of the administrators of a channel or a team, as far as they are known. */
export const adminNames: (id: string) => Source<readonly string[]> = keyed((id) =>
  select((read) =>
    (read(admins.at(id)) ?? [])
      .slice(0, MOST_NAMES)
      .map((userId) => read(personName(userId)))
      .filter(Boolean),
  ),
)

const grants = (read: Read, role: string, permission: string): boolean =>
  read(client.roles.records.at(role))?.permissions.includes(permission) ?? false

/** "Only these people can do it", for a permission that the reader does not have. */
export const reasonFor = (read: Read, channel: Channel, permission: string): Reason => {
  client.roles.ensure(['channel_user', 'channel_admin', 'team_admin'])
  if (grants(read, 'channel_user', permission)) return 'why.members'
  const level = grants(read, 'channel_admin', permission)
    ? 'channel'
    : grants(read, 'team_admin', permission)
      ? 'team'
      : undefined
  if (!level) return 'why.server'
  const names = read(adminNames(level === 'channel' ? channel.id : channel.team_id))
  return {
    id: level === 'channel' ? 'why.channelAdmins' : 'why.teamAdmins',
    values: { count: names.length, names: names.join(', ') },
  }
}
