/** Slash commands: a message that begins with "/" runs a command instead of being posted. */
import { type Static, Type } from 'typebox'
import { flag, idOrNone, page, perPage, text } from '../input.ts'
import { get, operations, post } from '../operation.ts'
import { Id, IdOrNone, Millis, Props, Text } from '../records.ts'

/** A built-in command has no id and no times, and belongs to no team. */
export const Command = Type.Object({
  id: IdOrNone,
  token: Type.String(),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  creator_id: IdOrNone,
  team_id: IdOrNone,
  trigger: Type.String(),
  method: Type.Union([Type.Literal('P'), Type.Literal('G'), Type.Literal('')]),
  username: Type.String(),
  icon_url: Type.String(),
  auto_complete: Type.Boolean(),
  auto_complete_desc: Type.String(),
  auto_complete_hint: Type.String(),
  display_name: Type.String(),
  description: Type.String(),
  url: Type.String(),
  plugin_id: Type.Literal(''),
})
export type Command = Static<typeof Command>

/** v4 writes these names with capitals. Neither `Complete` nor `Suggestion` begins with a slash. */
export const CommandSuggestion = Type.Object({
  Complete: Type.String(),
  Suggestion: Type.String(),
  Hint: Type.String(),
  Description: Type.String(),
  IconData: Type.String(),
})
export type CommandSuggestion = Static<typeof CommandSuggestion>

/**
 * The server has already sent `text` to the person's clients as a post. `goto_location` is a path for the
 * client to open, or ''.
 */
export const CommandResponse = Type.Object({
  response_type: Type.Union([Type.Literal('ephemeral'), Type.Literal('in_channel')]),
  text: Type.String(),
  username: Type.String(),
  channel_id: IdOrNone,
  icon_url: Type.String(),
  type: Type.String(),
  props: Props,
  goto_location: Type.String(),
  trigger_id: Type.String(),
  skip_slack_parsing: Type.Boolean(),
  attachments: Type.Array(Props),
  extra_responses: Type.Array(Props),
})
export type CommandResponse = Static<typeof CommandResponse>

export const AskedCommand = Type.Object({
  command: Text(65_535, 1),
  channel_id: Id,
  team_id: Type.Optional(IdOrNone),
  root_id: Type.Optional(IdOrNone),
})
export type AskedCommand = Static<typeof AskedCommand>

export const commands = operations('commands', {
  list: get('/commands', {
    query: { team_id: idOrNone, custom_only: flag },
    reply: Type.Array(Command),
  }),
  execute: post('/commands/execute', { body: AskedCommand, reply: CommandResponse }),
  autocomplete: get('/teams/{team_id}/commands/autocomplete', {
    query: { page, per_page: perPage },
    reply: Type.Array(Command),
  }),
  suggestions: get('/teams/{team_id}/commands/autocomplete_suggestions', {
    query: { user_input: text(4000), channel_id: idOrNone, root_id: idOrNone },
    reply: Type.Array(CommandSuggestion),
  }),
})
