/** The priority of posts. Source: protocol, semantics 10 and the settings of ServiceSettings. */
import { mentionWords } from '@plausch/markdown'
import type { NewPost, PostPriority } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import type { Place } from '../../../places/channels/index.ts'
import { namedIn } from './named.ts'

/** The priority that the request asks for; null if none. */
const askedIn = ({ metadata }: NewPost): PostPriority | null => {
  const asked = metadata?.priority
  if (!asked) return null
  const priority = {
    priority: asked.priority ?? '',
    requested_ack: asked.requested_ack ?? false,
    persistent_notifications: asked.persistent_notifications ?? false,
  }
  const isPlain = priority.priority === '' && !priority.requested_ack && !priority.persistent_notifications
  return isPlain ? null : priority
}

/**
 * Persistent notifications notify people again and again, so they are limited to a few people whom the
 * message mentions by name.
 */
const checkPersistent = async (
  { db, actor, server }: Context,
  { message = '' }: NewPost,
  priority: PostPriority,
  channel: Place,
): Promise<void> => {
  const settings = server.settings().ServiceSettings
  const isGuest = actor.roles.split(' ').includes('system_guest')
  if (!settings.AllowPersistentNotifications) throw new Fault('posts.persistent_off')
  if (isGuest && !settings.AllowPersistentNotificationsForGuests) throw new Fault('posts.persistent_off')
  if (priority.priority !== 'urgent') throw new Fault('posts.persistent_urgent')
  if (channel.type === 'D') return
  const { wide } = mentionWords(message)
  const named = (await namedIn(db, channel, message)).filter(
    (each) => each.is_member && each.id !== actor.userId,
  )
  const max = settings.PersistentNotificationMaxRecipients
  const isAimed = named.length > 0
  if (!isAimed || named.length > max || wide.all || wide.channel || wide.here) {
    throw new Fault('posts.persistent_recipients', { max })
  }
}

/** The checked priority of a new post; null for an ordinary one. */
export const checkPriority = async (
  context: Context,
  body: NewPost,
  channel: Place,
): Promise<PostPriority | null> => {
  const priority = askedIn(body)
  if (!priority) return null
  if (!context.server.settings().ServiceSettings.PostPriority) throw new Fault('posts.priority_off')
  if (body.root_id) throw new Fault('posts.priority_root')
  if (priority.persistent_notifications) await checkPersistent(context, body, priority, channel)
  return priority
}
