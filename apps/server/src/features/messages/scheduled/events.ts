import type { ScheduledPost } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

type Told = 'scheduled_post_created' | 'scheduled_post_updated' | 'scheduled_post_deleted'

/** Sent to the writer's other clients. The client that made the change already knows. */
export const announceScheduled = (context: Context, event: Told, post: ScheduledPost): void =>
  context.publish(
    event,
    { scheduledPost: JSON.stringify(post) },
    { users: [post.user_id], channel: post.channel_id, omitConnection: context.request.connectionId },
  )
