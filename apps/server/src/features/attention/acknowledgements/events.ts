import type { Acknowledgement, Post } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { reactionAdded } from '../../messages/reactions/index.ts'
import type { ChannelRow } from '../../places/channels/index.ts'
import { desist } from './insisting-store.ts'

/** Tells the channel who has acknowledged the post. */
export const announceAdded = (context: Context, acknowledgement: Acknowledgement): void =>
  context.publish(
    'post_acknowledgement_added',
    { acknowledgement: JSON.stringify(acknowledgement) },
    { channel: acknowledgement.channel_id },
  )

export const announceRemoved = (context: Context, acknowledgement: Acknowledgement): void =>
  context.publish(
    'post_acknowledgement_removed',
    { acknowledgement: JSON.stringify(acknowledgement) },
    { channel: acknowledgement.channel_id },
  )

/** Notifies one person of an urgent post again. */
export const announceCalled = (
  context: Context,
  post: Post,
  channel: ChannelRow,
  sender: string,
  userId: string,
): void =>
  context.publish(
    'persistent_notification_triggered',
    {
      post: JSON.stringify(post),
      channel_type: channel.type,
      channel_name: channel.name,
      channel_display_name: channel.type === 'D' ? `@${sender}` : channel.display_name,
      sender_name: `@${sender}`,
      team_id: channel.team_id,
      mentions: JSON.stringify([userId]),
    },
    { users: [userId], channel: channel.id, team: channel.team_id },
  )

export default [
  within(reactionAdded, async ({ db }, { post_id, user_id }) => {
    await desist(db, post_id, user_id)
  }),
]
