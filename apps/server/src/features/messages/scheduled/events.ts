import type { ScheduledPost } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

type Told = 'scheduled_post_created' | 'scheduled_post_updated' | 'scheduled_post_deleted'

/** To the writer's other clients; the one that did it knows. */
export const announceScheduled = (context: Context, event: Told, post: ScheduledPost): void =>
  context.publish(
    event,
    { scheduledPost: JSON.stringify(post) },
    { users: [post.user_id], channel: post.channel_id, omitConnection: context.request.connectionId },
  )
