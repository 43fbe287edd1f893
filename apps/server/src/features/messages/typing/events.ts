import type { Context } from '../../../core/context.ts'

/** Sent to the other members of the channel, on clients that show it. */
export const announceTyping = (context: Context, channelId: string, rootId: string): void => {
  const { userId } = context.actor
  context.publish(
    'typing',
    { user_id: userId, parent_id: rootId },
    { channel: channelId, omitUsers: [userId], onlyWhereShown: channelId },
  )
}
