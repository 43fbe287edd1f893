/** /code, /me, /shrug: commands that post a message. */
import type { Context } from '../../../../core/context.ts'
import { type Answer, type Asked, type Command, usage, type Words } from '../command.ts'
import { type Said, say } from '../say.ts'
import { echo } from './echo.ts'

const sayHere = async (context: Context, { seen, rootId }: Asked, said: Said): Promise<Answer> => {
  await say(context, seen.channel.id, rootId, said)
  return { isPosted: true }
}

const hint: Words = { en: '[text]', de: '[Text]' }

/** A command that posts a message made of its argument, and does nothing without one. */
const writing = (trigger: string, description: Words, saidFor: (text: string) => Said): Command => {
  const command: Command = {
    trigger,
    hint,
    description,
    run: async (context, asked) =>
      asked.text === '' ? usage(context, command) : await sayHere(context, asked, saidFor(asked.text)),
  }
  return command
}

export const writingCommands: readonly Command[] = [
  writing('code', { en: 'Show text as code', de: 'Text als Code zeigen' }, (text) => ({
    message: `    ${text.replaceAll('\n', '\n    ')}`,
  })),
  echo,
  writing('me', { en: 'Say what you do', de: 'Sagen, was Sie tun' }, (text) => ({
    message: `*${text}*`,
    type: 'me',
    props: { message: text },
  })),
  {
    trigger: 'shrug',
    hint,
    description: { en: 'Add ¯\\_(ツ)_/¯ to a message', de: 'Eine Nachricht mit ¯\\_(ツ)_/¯ beenden' },
    // Escaped, so that Markdown does not read the arms as emphasis.
    run: (context, asked) => sayHere(context, asked, { message: `${asked.text} ¯\\\\\\_(ツ)\\_/¯`.trim() }),
  },
]
