import type { Context } from '../../../core/context.ts'
import type { ThreadRow } from './store.ts'

/**
 * `teamId` is the team of the request: clients keep lists per team, and each list has the threads of
 * conversations.
 */
export const announceFollow = (
  context: Context,
  { userId, teamId }: { userId: string; teamId: string },
  threadId: string,
  state: boolean,
  replyCount: number,
): void =>
  context.publish(
    'thread_follow_changed',
    { thread_id: threadId, state, reply_count: replyCount },
    { users: [userId], team: teamId },
  )

/** A person read one thread, or marked it as unread. */
export const announceRead = (context: Context, userId: string, before: ThreadRow, after: ThreadRow): void =>
  context.publish(
    'thread_read_changed',
    {
      thread_id: after.post_id,
      channel_id: after.channel_id,
      timestamp: after.last_viewed_at,
      unread_mentions: after.unread_mentions,
      unread_replies: after.unread_replies,
      previous_unread_mentions: before.unread_mentions,
      previous_unread_replies: before.unread_replies,
    },
    { users: [userId], channel: after.channel_id, team: after.team_id },
  )

/** A person read all threads of a team or a channel. */
export const announceAllRead = (
  context: Context,
  userId: string,
  place: { team: string; channel?: string },
  timestamp: number,
): void => context.publish('thread_read_changed', { timestamp }, { users: [userId], ...place })
