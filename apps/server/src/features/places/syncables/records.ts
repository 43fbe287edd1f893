import type { ChannelSyncable, TeamSyncable } from '@plausch/wire'
import type { NamedSyncable } from './store.ts'

const link = ({ group_id, auto_add, scheme_admin, create_at, update_at, delete_at }: NamedSyncable) => ({
  group_id,
  auto_add,
  scheme_admin,
  create_at,
  update_at,
  delete_at,
})

const teamOf = ({ team_id, team_display_name, team_type }: NamedSyncable) => ({
  team_id,
  team_display_name,
  team_type,
})

export const shownTeamSyncable = (row: NamedSyncable): TeamSyncable => ({
  ...teamOf(row),
  type: 'Team',
  ...link(row),
})

export const shownChannelSyncable = (row: NamedSyncable): ChannelSyncable => ({
  channel_id: row.place_id,
  channel_display_name: row.display_name,
  channel_type: row.type,
  ...teamOf(row),
  type: 'Channel',
  ...link(row),
})
