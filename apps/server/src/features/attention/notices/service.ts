import type { Context } from '../../../core/context.ts'
import { Fault, localeOf } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { noted } from '../../messages/posts/writing/index.ts'
import { findUsers, systemBot, type UserRow } from '../../people/users/index.ts'
import { conversationWith } from '../../places/channels/index.ts'

/** Always empty: the server fetches no notices, and nobody can write any. */
export const list = (): Record<string, unknown>[] => []

/** Accepts a report that nobody needs to keep. */
export const done = () => ({ status: 'OK' as const })

const words = {
  en: 'If you have been notified of this message, notifications arrive.',
  de: 'Wenn Sie auf diese Nachricht hingewiesen wurden, kommen Benachrichtigungen an.',
}

/** Writes to a person in the name of the system bot. */
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

/**
 * Sends a message of the system bot. Its property makes official clients notify of it, whatever other
 * settings say.
 */
export const sendTest = async (context: Context) => {
  const { actor, db, now } = context
  const [user] = await findUsers(db, [actor.userId])
  if (!user) throw new Fault('users.not_found')
  await writeTo(context, user, words[localeOf(user.locale, undefined)], {
    force_notification: newId(now),
  })
  return done()
}
