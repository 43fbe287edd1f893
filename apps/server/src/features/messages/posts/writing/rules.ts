/** Checks posts. Source: protocol, semantics 10. */
import type { NewPost, PlacePermission } from '@plausch/wire'
import type { Actor } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import type { Server } from '../../../../core/server.ts'
import { MAX_POST_SIZE } from '../../../ground/settings/index.ts'
import { checkAttachments } from '../../attachments/index.ts'

/**
 * The most characters of properties as JSON: v4's limit. It applies to integrations and to what they wrote.
 */
const MAX_PROPS = 800_000
/** The limit for people's clients: everybody in the channel receives these properties with every page. */
const MAX_OWN_PROPS = 65_536

type Props = Record<string, unknown>

/** Types of posts that a person's client may write. */
const kinds = new Set(['', 'me', 'slack_attachment'])

/** Properties that only the server may set; otherwise anybody could speak in somebody else's name. */
const reserved = new Set([
  'from_webhook',
  'from_bot',
  'from_plugin',
  'from_oauth_app',
  'override_username',
  'override_icon_url',
  'override_icon_emoji',
  'webhook_display_name',
  'username',
  'userId',
  'addedUserId',
  'addedUsername',
  'removedUserId',
  'removedUsername',
  'deleteBy',
  'force_notification',
  'add_channel_member',
  'previewed_post',
  'channel_mentions',
])

/** Properties that turn mentions off. Clients may also set them, but no edit can remove them. */
const marks = ['mentionHighlightDisabled', 'disable_group_highlight']

export const checkMessage = (message: string): string => {
  if ([...message].length > MAX_POST_SIZE) throw new Fault('posts.too_long', { max: MAX_POST_SIZE })
  return message
}

/** Copying an object with twenty thousand names takes 20 ms, so it is copied only if needed. */
const withoutReserved = (props: Props): Props => {
  const names = Object.keys(props)
  if (!names.some((name) => reserved.has(name))) return props
  return Object.fromEntries(names.filter((name) => !reserved.has(name)).map((name) => [name, props[name]]))
}

/**
 * The properties as they are stored. `before` are those of a post that is being edited: an author who sends
 * them back unchanged is not refused because of their size.
 */
export const checkProps = (props: Props, { session }: Actor, before: Props = {}): Props => {
  const ours = withoutReserved(props)
  const json = JSON.stringify(ours)
  const isByHand = session !== null && !session.isToken
  const max = isByHand ? MAX_OWN_PROPS : MAX_PROPS
  if (json.length > max && json.length > JSON.stringify(before).length)
    throw new Fault('posts.props_too_large', { max })
  // PostgreSQL cannot store NUL, not even escaped in JSON.
  if (json.includes('\\u0000')) throw new Fault('api.context.invalid_body_param.app_error', { name: 'props' })
  return checkAttachments(ours)
}

/** The properties that the server has set. They stay when a person or an integration rewrites the post. */
export const reservedIn = (props: Props): Props =>
  Object.fromEntries(Object.entries(props).filter(([name]) => reserved.has(name) || marks.includes(name)))

/**
 * Mentions of everybody and of groups need a permission; without it they are plain words. The same holds for
 * rewritten posts.
 */
export const mentionMarks = (can: (permission: PlacePermission) => boolean): Record<string, unknown> => ({
  ...(can('use_channel_mentions') ? {} : { mentionHighlightDisabled: true }),
  ...(can('use_group_mentions') ? {} : { disable_group_highlight: true }),
})

export const checkType = (post: NewPost): string => {
  const type = post.type ?? ''
  if (!kinds.has(type) && !type.startsWith('custom_')) throw new Fault('posts.type')
  return type
}

/**
 * Throws a fault if the time in which a post can be edited is over. A limit of -1 means that it never ends.
 */
export const checkEditTime = (server: Server, createdAt: number, now: number): void => {
  const seconds = server.settings().ServiceSettings.PostEditTimeLimit
  if (seconds >= 0 && now > createdAt + seconds * 1000) throw new Fault('posts.edit_time')
}
