import type { ChannelMember } from '@plausch/wire'
import { lesserName } from '../../ground/roles/index.ts'
import type { CountedMember } from './store.ts'

/**
 * The roles of a membership. In a moderated channel they are the lesser roles, so that clients know what not
 * to offer.
 */
export const rolesOf = ({
  scheme_guest,
  scheme_user,
  scheme_admin,
  explicit_roles,
  denied_members,
  denied_guests,
}: CountedMember): string =>
  [
    scheme_guest ? lesserName('channel_guest', denied_guests) : '',
    scheme_user ? lesserName('channel_user', denied_members) : '',
    scheme_admin ? 'channel_admin' : '',
    explicit_roles,
  ]
    .filter((name) => name !== '')
    .join(' ')

/** The record of the actor's own membership, in full. */
export const ownMember = (row: CountedMember): ChannelMember => ({
  channel_id: row.channel_id,
  user_id: row.user_id,
  roles: rolesOf(row),
  last_viewed_at: row.last_viewed_at,
  msg_count: row.msg_count,
  mention_count: row.mention_count,
  mention_count_root: row.mention_count_root,
  urgent_mention_count: row.urgent_mention_count,
  msg_count_root: row.msg_count_root,
  notify_props: row.notify_props,
  last_update_at: row.update_at,
  scheme_guest: row.scheme_guest,
  scheme_user: row.scheme_user,
  scheme_admin: row.scheme_admin,
  explicit_roles: row.explicit_roles,
  autotranslation_disabled: false,
})

/**
 * The record of somebody else's membership: without what they have read and without their notification
 * settings.
 */
export const othersMember = (row: CountedMember): ChannelMember => ({
  ...ownMember(row),
  last_viewed_at: 0,
  msg_count: 0,
  mention_count: 0,
  mention_count_root: 0,
  urgent_mention_count: 0,
  msg_count_root: 0,
  notify_props: {},
})
