/**
 * Types of posts: what they mean for counters. The server, its SQL and the clients read these lists, so that
 * they count alike.
 */

/**
 * Notes about people who come and go. They move a channel's time, and are not counted as messages (protocol:
 * semantics, section 11). The two without `channel` or `team` are those of clients, which show several notes
 * as one.
 */
export const uncountedTypes = [
  'system_join_leave',
  'system_join_channel',
  'system_leave_channel',
  'system_guest_join_channel',
  'system_join_team',
  'system_leave_team',
  'system_add_remove',
  'system_add_to_channel',
  'system_add_guest_to_chan',
  'system_remove_from_channel',
  'system_add_to_team',
  'system_remove_from_team',
] as const

const uncounted: ReadonlySet<string> = new Set(uncountedTypes)

/** Does a post of this type count as a message of its channel, and so as unread? */
export const isCounted = (type: string): boolean => !uncounted.has(type)
