/**
 * The text of a system message, in the reader's language. The server's own text is in the server's language.
 */
import type { Post } from '@plausch/wire'
import type { Say, TextId, TextValues } from '../../../i18n/text.ts'

const prop = (post: Post, name: string): string => {
  const value = post.props[name]
  return typeof value === 'string' ? value : ''
}

const CHANGES: Record<string, { id: TextId; removed: TextId; from: string; to: string }> = {
  system_header_change: {
    id: 'system.header',
    removed: 'system.headerRemoved',
    from: 'old_header',
    to: 'new_header',
  },
  system_purpose_change: {
    id: 'system.purpose',
    removed: 'system.purposeRemoved',
    from: 'old_purpose',
    to: 'new_purpose',
  },
  system_displayname_change: {
    id: 'system.renamed',
    removed: 'system.renamed',
    from: 'old_displayname',
    to: 'new_displayname',
  },
}

const SIMPLE: Record<string, TextId> = {
  system_join_channel: 'system.joined',
  system_guest_join_channel: 'system.joined',
  system_leave_channel: 'system.left',
  system_join_team: 'system.joinedTeam',
  system_leave_team: 'system.leftTeam',
  system_add_to_channel: 'system.added',
  system_add_guest_to_chan: 'system.added',
  system_remove_from_channel: 'system.removed',
  system_add_to_team: 'system.addedTeam',
  system_remove_from_team: 'system.removedTeam',
  system_channel_deleted: 'system.archived',
  system_channel_restored: 'system.restored',
  system_change_chan_privacy: 'system.privacy',
  system_convert_channel: 'system.privacy',
}

/** `nameOf` returns the name of a person id; '' for an unknown one. */
export const systemText = (post: Post, say: Say, nameOf: (userId: string) => string): string => {
  const username = prop(post, 'username')
  const who = (prop(post, 'userId') && nameOf(prop(post, 'userId'))) || username || nameOf(post.user_id)
  const subject = (id: string, name: string): string =>
    (prop(post, id) && nameOf(prop(post, id))) || prop(post, name)
  const whom = subject('addedUserId', 'addedUsername') || subject('removedUserId', 'removedUsername')
  const change = CHANGES[post.type]
  if (change && who !== '') {
    const values: TextValues = { who, from: prop(post, change.from), to: prop(post, change.to) }
    return say(values.to === '' ? change.removed : change.id, values)
  }
  const simple = SIMPLE[post.type]
  // Without the names, a translated sentence would have a gap.
  const needsWhom = simple === 'system.added' || simple === 'system.addedTeam'
  if (!simple || (needsWhom && whom === '') || (who === '' && whom === '')) return post.message
  if (simple === 'system.removed' || simple === 'system.removedTeam')
    return say(simple, { whom: whom || who })
  return say(simple, { who, whom })
}
