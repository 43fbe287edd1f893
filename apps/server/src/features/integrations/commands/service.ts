import type {
  Command as CommandRecord,
  CommandResponse,
  CommandSuggestion,
  commands,
  InputOf,
} from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault, localeOf, sentenceOf } from '../../../core/faults.ts'
import { sendEphemeral } from '../../messages/ephemeral/index.ts'
import type { Place } from './access.ts'
import { type Answer, type Asked, type Command, inWords, offered } from './command.ts'
import { builtIn, findCommand } from './table.ts'

const shown = (context: Context, command: Command): CommandRecord => ({
  id: '',
  token: '',
  create_at: 0,
  update_at: 0,
  delete_at: 0,
  creator_id: '',
  team_id: '',
  trigger: command.trigger,
  method: '',
  username: '',
  icon_url: '',
  auto_complete: true,
  auto_complete_desc: inWords(context, command.description),
  auto_complete_hint: inWords(context, command.hint),
  display_name: command.trigger,
  description: '',
  url: '',
  plugin_id: '',
})

/** `custom_only` asks for commands that people of the team made; there are none. */
export const list = (context: Context, { query }: InputOf<typeof commands.list>): CommandRecord[] =>
  query.custom_only ? [] : offered(context, builtIn).map((command) => shown(context, command))

export const autocomplete = (context: Context, { query }: InputOf<typeof commands.autocomplete>) => {
  const start = Math.max(query.page, 0) * query.per_page
  return offered(context, builtIn)
    .slice(start, start + query.per_page)
    .map((command) => shown(context, command))
}

/** Commands that begin with the typed text. After the name of a command nothing is suggested. */
export const suggestions = (
  context: Context,
  { query }: InputOf<typeof commands.suggestions>,
): CommandSuggestion[] => {
  if (query.user_input === '')
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'user_input' })
  const typed = query.user_input.replace(/^\//, '').toLowerCase()
  return offered(context, builtIn)
    .filter(({ trigger }) => trigger.startsWith(typed))
    .map((command) => ({
      Complete: command.trigger,
      Suggestion: command.trigger,
      Hint: inWords(context, command.hint),
      Description: inWords(context, command.description),
      IconData: '',
    }))
}

/** 501 means that a feature is off, which is an ordinary refusal. */
const isBroken = ({ status }: Fault) => status >= 500 && status !== 501

/**
 * Runs a command. If an operation refuses, the person gets the text of that fault where they typed the
 * command.
 */
const runAndTell = async (context: Context, command: Command, asked: Asked): Promise<Answer> => {
  try {
    return await command.run(context, asked)
  } catch (error) {
    if (!(error instanceof Fault) || isBroken(error)) throw error
    return { say: sentenceOf(error, localeOf(context.actor.locale, undefined)) }
  }
}

export const execute = async (
  context: Context,
  { body }: InputOf<typeof commands.execute>,
  { seen, team }: Place,
): Promise<CommandResponse> => {
  const [, trigger = '', text = ''] = /^\/(\S+)([\s\S]*)$/.exec(body.command) ?? []
  if (trigger === '') throw new Fault('api.context.invalid_body_param.app_error', { name: 'command' })
  const command = findCommand(trigger.toLowerCase())
  if (!command) throw new Fault('api.command.execute_command.not_found.app_error', { trigger })
  const rootId = body.root_id ?? ''
  const answer = await runAndTell(context, command, { text: text.trim(), seen, team, rootId })
  if (answer.say) {
    const said = { channel_id: seen.channel.id, message: answer.say, root_id: rootId }
    sendEphemeral(context, context.actor.userId, said)
  }
  return {
    response_type: answer.isPosted ? 'in_channel' : 'ephemeral',
    text: answer.say ?? '',
    username: '',
    channel_id: '',
    icon_url: '',
    type: '',
    props: {},
    goto_location: answer.goTo ?? '',
    trigger_id: '',
    skip_slack_parsing: false,
    attachments: [],
    extra_responses: [],
  }
}
