import type { Context } from '../../core/context.ts'
import { Fault, localeOf } from '../../core/faults.ts'
import { newId } from '../../core/ids.ts'
import { conversationWith } from '../channels/index.ts'
import { noted } from '../posts/index.ts'
import { findUsers, systemBot } from '../users/index.ts'

/** There are none: nothing is fetched from anywhere, and nobody writes them here. */
export const list = (): Record<string, unknown>[] => []

/** What a client tells and nobody needs to keep. */
export const done = () => ({ status: 'OK' as const })

const words = {
  en: 'If you have been notified of this message, notifications arrive.',
  de: 'Wenn Sie auf diese Nachricht hingewiesen wurden, kommen Benachrichtigungen an.',
}

/** A message of the system bot, whose property makes official clients notify of it whatever else is set. */
export const sendTest = async (context: Context) => {
  const { actor, db, now } = context
  const [user] = await findUsers(db, [actor.userId])
  if (!user) throw new Fault('users.not_found')
  const bot = await systemBot(context)
  await noted(context, await conversationWith(context, bot, user), bot, {
    type: '',
    message: words[localeOf(user.locale, undefined)],
    props: { force_notification: newId(now) },
    counts: true,
  })
  return done()
}
