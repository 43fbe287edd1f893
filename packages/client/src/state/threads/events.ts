/** What events change in the lists of followed threads. */
import type { Handlers } from '../../events.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context } from '../noun.ts'
import type { FollowedThread, ThreadLists } from './lists.ts'

/** Applies that a person has read threads: one of them, or all of a channel or a team. */
const createRead = (lists: ThreadLists) => {
  const { records, opened, placesOf, recount, put } = lists

  const read = (thread: FollowedThread, at: number): void => {
    if (thread.unread_replies === 0 && thread.unread_mentions === 0) return
    const last_viewed_at = Math.max(thread.last_viewed_at, thread.last_reply_at, at)
    put({ ...thread, unread_replies: 0, unread_mentions: 0, last_viewed_at })
  }

  const onRead: Handlers['thread_read_changed'] = (data, { broadcast }) => {
    const { thread_id, timestamp, unread_replies = 0, unread_mentions = 0 } = data
    const places = placesOf(broadcast.team_id)
    if (thread_id !== undefined) {
      const known = records.one(thread_id)
      if (known) put({ ...known, last_viewed_at: timestamp, unread_replies, unread_mentions })
      else recount(places)
      return
    }
    const isRead = ({ channel_id, team_id }: FollowedThread): boolean =>
      broadcast.channel_id === ''
        ? team_id === '' || team_id === broadcast.team_id
        : channel_id === broadcast.channel_id
    for (const thread of records.get()) if (isRead(thread)) read(thread, timestamp)
    recount(broadcast.channel_id === '' ? opened.keys() : places)
  }
  return onRead
}

/** `fetch` loads one thread of a team. */
export const threadHandlers = (
  { me, track }: Context,
  channels: Channels,
  lists: ThreadLists,
  fetch: (teamId: string, threadId: string) => Promise<void>,
): Handlers => {
  const { records, opened, placesOf, recount, put, remove, take } = lists
  return {
    thread_updated: ({ thread }, { broadcast }) => {
      if (opened.keys().length > 0 || records.has(thread.id)) put(take(thread, broadcast.team_id))
    },
    thread_follow_changed: ({ thread_id, state }, { broadcast }) => {
      const known = records.one(thread_id)
      const [teamId] = opened.keys()
      if (state && teamId !== undefined) track(fetch(broadcast.team_id || teamId, thread_id))
      else if (known) put({ ...known, is_following: state })
      else recount(opened.keys())
    },
    thread_read_changed: createRead(lists),
    post_deleted: ({ post }) => {
      const known = records.one(post.id)
      if (known) remove(known)
      else if (post.root_id === '') recount(placesOf(channels.records.one(post.channel_id)?.team_id ?? ''))
    },
    leave_team: ({ user_id, team_id }) => {
      if (user_id === me()) opened.drop(team_id)
    },
    delete_team: ({ team }) => opened.drop(team.id),
  }
}
