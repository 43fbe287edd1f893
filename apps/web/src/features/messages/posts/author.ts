/** Who a message shows as its author: integrations may write under a name of their own. */
import type { Post } from '@plausch/wire'
import type { TextId } from '../../../i18n/text.ts'

type Named = Pick<Post, 'type' | 'props'>

const isSet = (post: Named, name: string): boolean => post.props[name] === 'true' || post.props[name] === true

/** The name that an integration chose; '' for the account's own. */
export const chosenName = (post: Named): string => {
  const { override_username: name } = post.props
  return isSet(post, 'from_webhook') && typeof name === 'string' ? name : ''
}

/** A word beside the author's name, for messages that no person wrote by hand. */
export const authorTag = (post: Named): TextId | undefined => {
  if (post.type === 'system_auto_responder') return 'post.automatic'
  return isSet(post, 'from_webhook') || isSet(post, 'from_bot') ? 'post.bot' : undefined
}
