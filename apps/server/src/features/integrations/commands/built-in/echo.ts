/**
 * /echo: posts a message now or, with a number after it, that many seconds later. A job in the database keeps
 * it until then.
 */
import { type Context, read } from '../../../../core/context.ts'
import { Fault } from '../../../../core/faults.ts'
import { newId } from '../../../../core/ids.ts'
import { checkMessage, mayPostIn } from '../../../messages/posts/writing/index.ts'
import { actorFor, findUsers } from '../../../people/users/index.ts'
import { type Command, inWords, usage } from '../command.ts'
import { type EchoAsked, echoAsked } from '../events.ts'
import { say } from '../say.ts'

/** As in v4. */
const LONGEST_SECONDS = 10_000

/** As in v4: the last word is the delay if it is a number; a message in quotes ends with them. */
const parts = (text: string): { message: string; seconds: number } => {
  const delay = /(?<=["\s])\d{1,9}$/.exec(text.slice(-10))?.[0] ?? ''
  const said = text.slice(0, text.length - delay.length).trimEnd()
  const isQuoted = said.length > 2 && said.startsWith('"') && said.endsWith('"')
  if (isQuoted) return { message: said.slice(1, -1), seconds: Number(delay) }
  const isDelayed = delay !== '' && text.at(-delay.length - 1) === ' ' && said !== ''
  return isDelayed ? { message: said, seconds: Number(delay) } : { message: text, seconds: 0 }
}

export const echo: Command = {
  trigger: 'echo',
  hint: { en: '[text] [delay in seconds]', de: '[Text] [Sekunden bis dahin]' },
  description: { en: 'Say the text, now or later', de: 'Den Text sagen, jetzt oder später' },
  async run(context, asked) {
    if (asked.text === '') return usage(context, echo)
    const { seen, rootId } = asked
    const { message, seconds } = parts(asked.text)
    if (seconds > LONGEST_SECONDS) {
      const most = { en: 'The delay may be up to {n} seconds.', de: 'Es dürfen bis zu {n} Sekunden sein.' }
      return { say: inWords(context, most, { n: LONGEST_SECONDS }) }
    }
    if (seconds === 0) {
      await say(context, seen.channel.id, rootId, { message })
      return { isPosted: true }
    }
    checkMessage(message)
    await mayPostIn(context, { body: { channel_id: seen.channel.id, root_id: rootId, message } })
    const user_id = context.actor.userId
    const payload = { id: newId(context.now), user_id, channel_id: seen.channel.id, root_id: rootId, message }
    await context.emit(echoAsked, payload, seconds)
    return {}
  },
}

/** These faults are temporary, so the job is tried again. */
const isPassing = ({ status }: Fault) => status >= 500 || status === 429

/** A message that the person may no longer post is dropped, because nobody is waiting for an error. */
export const sayLater = async ({ server }: Context, asked: EchoAsked): Promise<void> => {
  const { id, user_id, channel_id, root_id, message } = asked
  const [user] = await findUsers(server.db, [user_id])
  if (!user || user.delete_at > 0) return
  try {
    await read(server, { actor: actorFor(server, user) }, (context) =>
      say(context, channel_id, root_id, { message, pending_post_id: `echo:${id}` }, false),
    )
  } catch (error) {
    if (!(error instanceof Fault) || isPassing(error)) throw error
    server.log.info({ user: user_id, channel: channel_id, code: error.code }, 'an echo was not said')
  }
}
