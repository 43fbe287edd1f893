/**
 * Notes of who came and went, which readers can hide. What concerns the reader is shown all the same, as in
 * other clients.
 */
import { type Source, select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { choices, chosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'

const COMING_AND_GOING = new Set([
  ...['system_join_channel', 'system_guest_join_channel', 'system_leave_channel', 'system_join_leave'],
  ...['system_add_to_channel', 'system_add_guest_to_chan', 'system_remove_from_channel'],
  ...['system_join_team', 'system_leave_team', 'system_add_to_team', 'system_remove_from_team'],
])

/** The properties of a note that say whom it is about. */
const PEOPLE = ['userId', 'addedUserId', 'removedUserId'] as const
const NAMES = ['username', 'addedUsername', 'removedUsername'] as const

type Reader = { id: string; username: string }

const concerns = ({ user_id, props }: Post, { id, username }: Reader): boolean =>
  user_id === id ||
  PEOPLE.some((name) => props[name] === id) ||
  NAMES.some((name) => username !== '' && props[name] === username)

/** Does a post say only that somebody else came or went? */
export const isComingOrGoing = (post: Post, reader: Reader): boolean =>
  COMING_AND_GOING.has(post.type) && !concerns(post, reader)

const showsAll = chosen(choices.showsJoinLeave)
const none = (): boolean => false

/** Tells of a post whether the reader has hidden it. */
export const hides: Source<(post: Post) => boolean> = select((read) => {
  const me = read(client.me)
  if (read(showsAll) !== 'false' || !me) return none
  return (post) => isComingOrGoing(post, me)
})
