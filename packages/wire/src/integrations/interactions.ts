/** What people do with messages of integrations: press buttons, choose from menus, fill in dialogs. */
import { type Static, Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Id, IdOrNone, Natural, Props, Text } from '../records.ts'

const DialogOption = Type.Object({ text: Text(3000), value: Type.Unknown() })

export const DialogElement = Type.Object({
  display_name: Text(256, 1),
  name: Text(300, 1),
  type: Type.Union([
    Type.Literal('text'),
    Type.Literal('textarea'),
    Type.Literal('select'),
    Type.Literal('bool'),
    Type.Literal('radio'),
    Type.Literal('date'),
    Type.Literal('datetime'),
  ]),
  subtype: Type.Optional(Text(64)),
  default: Type.Optional(Type.Union([Text(3000), Type.Null()])),
  placeholder: Type.Optional(Text(512)),
  help_text: Type.Optional(Text(1024)),
  optional: Type.Optional(Type.Boolean()),
  min_length: Type.Optional(Natural),
  max_length: Type.Optional(Natural),
  data_source: Type.Optional(Text(64)),
  data_source_url: Type.Optional(Text(2048)),
  multiselect: Type.Optional(Type.Boolean()),
  options: Type.Optional(Type.Union([Type.Array(DialogOption, { maxItems: 1000 }), Type.Null()])),
  refresh: Type.Optional(Type.Boolean()),
  datetime_config: Type.Optional(Type.Union([Props, Type.Null()])),
  min_date: Type.Optional(Text(64)),
  max_date: Type.Optional(Text(64)),
  time_interval: Type.Optional(Natural),
})
export type DialogElement = Static<typeof DialogElement>

export const Dialog = Type.Object({
  callback_id: Type.Optional(Text(2048)),
  title: Text(256, 1),
  introduction_text: Type.Optional(Text(4096)),
  icon_url: Type.Optional(Text(2048)),
  elements: Type.Optional(Type.Union([Type.Array(DialogElement, { maxItems: 100 }), Type.Null()])),
  submit_label: Type.Optional(Text(256)),
  notify_on_cancel: Type.Optional(Type.Boolean()),
  state: Type.Optional(Text(65_535)),
  source_url: Type.Optional(Text(2048)),
})
export type Dialog = Static<typeof Dialog>

/**
 * `trigger_id` is the one that the integration received; in the event it is the one that the client received.
 */
export const OpenDialogRequest = Type.Object({
  trigger_id: Text(1024, 1),
  url: Text(2048, 1),
  dialog: Dialog,
})
export type OpenDialogRequest = Static<typeof OpenDialogRequest>

export const DialogSubmission = Type.Object({
  url: Text(2048, 1),
  callback_id: Type.Optional(Text(2048)),
  state: Type.Optional(Text(65_535)),
  user_id: Type.Optional(IdOrNone),
  channel_id: Id,
  team_id: Type.Optional(IdOrNone),
  submission: Type.Optional(Props),
  cancelled: Type.Optional(Type.Boolean()),
  type: Type.Optional(Text(64)),
})
export type DialogSubmission = Static<typeof DialogSubmission>

/** The reply of the integration: errors of the form, or another dialog. An empty reply means success. */
export const DialogAnswer = Type.Object({
  error: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Record(Type.String(), Type.String())),
  type: Type.Optional(Type.String()),
  form: Type.Optional(Dialog),
})
export type DialogAnswer = Static<typeof DialogAnswer>

export const DialogItems = Type.Object({
  items: Type.Array(Type.Object({ text: Type.String(), value: Type.String() })),
})
export type DialogItems = Static<typeof DialogItems>

export const interactions = operations('interactions', {
  press: post('/posts/{post_id}/actions/{action}', {
    // `cookie` comes from the action of an ephemeral post.
    body: Type.Object({
      selected_option: Type.Optional(Text(3000)),
      cookie: Type.Optional(Text(100_000)),
    }),
    reply: Type.Object({ status: Type.Literal('OK'), trigger_id: Type.String() }),
  }),
  openDialog: post('/actions/dialogs/open', {
    body: OpenDialogRequest,
    reply: Type.Object({ status: Type.Literal('OK') }),
  }),
  submitDialog: post('/actions/dialogs/submit', { body: DialogSubmission, reply: DialogAnswer }),
  lookUpOptions: post('/actions/dialogs/lookup', { body: DialogSubmission, reply: DialogItems }),
})

/** `dialog` is JSON of OpenDialogRequest. */
export const interactionEvents = { open_dialog: Type.Object({ dialog: Type.String() }) }
