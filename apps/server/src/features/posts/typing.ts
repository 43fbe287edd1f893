/** Typing over HTTP; over the socket it is an action. */
import type { InputOf, posts } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { announceTyping } from './publish.ts'

/** Tells the others in the channel that somebody is writing. */
export const typing = (context: Context, { body }: InputOf<typeof posts.typing>) => {
  announceTyping(context, body.channel_id, body.parent_id ?? '')
  return { status: 'OK' as const }
}
