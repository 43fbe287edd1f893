/**
 * Types of posts, and what they mean for counters. The server, its SQL and the clients all read these lists,
 * so they count alike.
 */

/**
 * Notes about people who come and go. They change the channel's time of the last post, but do not count as
 * messages (protocol: semantics, section 11). Clients use the two types without `channel` or `team` to show
 * several notes as one.
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
