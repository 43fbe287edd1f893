import type { Channel } from '@plausch/wire'
import { roleNames } from '../../ground/roles/index.ts'
import type { Place } from './places.ts'
import type { ChannelRow } from './store.ts'

/** The hub's key for the members of a channel. */
export const audienceOf = (channelId: string) => `channel:${channelId}`

/** The actor's roles in the channel, separated by spaces; '' for non-members. */
export const memberRolesIn = (row: Place): string =>
  roleNames('channel', {
    guest: row.member_scheme_guest,
    user: row.member_scheme_user,
    admin: row.member_scheme_admin,
    explicit: row.member_roles,
  })

/** The actor's roles in the channel's team; '' for non-members. */
export const teamRolesIn = (row: Place): string =>
  roleNames('team', {
    guest: row.team_scheme_guest,
    user: row.team_scheme_user,
    admin: row.team_scheme_admin,
    explicit: row.team_roles,
  })

export const shownChannel = (row: ChannelRow): Channel => ({
  id: row.id,
  create_at: row.create_at,
  update_at: row.update_at,
  delete_at: row.delete_at,
  team_id: row.team_id,
  type: row.type,
  display_name: row.display_name,
  name: row.name,
  header: row.header,
  purpose: row.purpose,
  last_post_at: row.last_post_at,
  last_root_post_at: row.last_root_post_at,
  total_msg_count: row.total_msg_count,
  total_msg_count_root: row.total_msg_count_root,
  extra_update_at: 0,
  creator_id: row.creator_id,
  scheme_id: null,
  props: null,
  group_constrained: row.group_constrained,
  shared: null,
  policy_id: null,
  banner_info: null,
  default_category_name: '',
  policy_enforced: false,
  policy_is_active: false,
})
