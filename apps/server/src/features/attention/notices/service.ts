import type { Context } from '../../../core/context.ts'
import { Fault, localeOf } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { noted } from '../../messages/posts/writing/index.ts'
import { findUsers, systemBot, type UserRow } from '../../people/users/index.ts'
import { conversationWith } from '../../places/channels/index.ts'

/** There are none: nothing is fetched from anywhere, and nobody writes them here. */
export const list = (): Record<string, unknown>[] => []

/** What a client tells and nobody needs to keep. */
export const done = () => ({ status: 'OK' as const })

const words = {
  en: 'If you have been notified of this message, notifications arrive.',
  de: 'Wenn Sie auf diese Nachricht hingewiesen wurden, kommen Benachrichtigungen an.',
}

/** Writes to somebody in the name of the system bot. */
export const writeTo = async (
  context: Context,
  user: UserRow,
  message: string,
  props: Record<string, unknown> = {},
): Promise<void> => {
  const bot = await systemBot(context)
  const channel = await conversationWith(context, bot, user)
  await noted(context, channel, bot, { type: '', message, props })
}

/** A message of the system bot, whose property makes official clients notify of it whatever else is set. */
export const sendTest = async (context: Context) => {
  const { actor, db, now } = context
  const [user] = await findUsers(db, [actor.userId])
  if (!user) throw new Fault('users.not_found')
  await writeTo(context, user, words[localeOf(user.locale, undefined)], {
    force_notification: newId(now),
  })
  return done()
}
