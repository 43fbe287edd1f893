/** Typing over HTTP; over the socket it is an action. */
import type { InputOf, typing } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { announceTyping } from './events.ts'

/** Announces to the channel that the actor is writing. */
export const send = (context: Context, { body }: InputOf<typeof typing.send>) => {
  announceTyping(context, body.channel_id, body.parent_id ?? '')
  return { status: 'OK' as const }
}
