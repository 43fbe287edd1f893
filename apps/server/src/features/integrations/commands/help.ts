import { type Command, inWords, none, offered } from './command.ts'

/** Lists the commands, in the language of the actor. */
export const helpOn = (commands: readonly Command[]): Command => ({
  trigger: 'help',
  hint: none,
  description: { en: 'Show all commands', de: 'Alle Befehle zeigen' },
  async run(context) {
    const lines = offered(context, commands).map(({ trigger, hint, description }) => {
      const usage = `/${trigger} ${inWords(context, hint)}`.trim()
      return `- \`${usage}\` – ${inWords(context, description)}`
    })
    return { say: lines.sort().join('\n') }
  },
})
