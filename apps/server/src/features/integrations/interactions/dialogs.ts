/** Dialogs: an integration opens one for a person, and gets what they fill in. */
import {
  DialogAnswer,
  type DialogItems,
  type DialogSubmission,
  type InputOf,
  type interactions,
} from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { compiled } from '../../../core/schemas.ts'
import { announceDialog } from './events.ts'
import { askIntegration, malformedAnswer } from './integration.ts'
import type { Trigger } from './triggers.ts'

const checkUrl = (url: string) => {
  if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? ''))
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'url' })
}

export const openDialog = (
  context: Context,
  { body }: InputOf<typeof interactions.openDialog>,
  { clientId, userId }: Trigger,
) => {
  checkUrl(body.url)
  announceDialog(context, userId, { ...body, trigger_id: clientId })
  return { status: 'OK' as const }
}

/**
 * The server sets who fills in the dialog, whatever the client sends. The address is left out, because the
 * integration need not see it.
 */
const payloadOf = ({ actor }: Context, { url: _, ...body }: DialogSubmission, type: string) => ({
  ...body,
  callback_id: body.callback_id ?? '',
  state: body.state ?? '',
  user_id: actor.userId,
  team_id: body.team_id ?? '',
  submission: body.submission ?? {},
  cancelled: body.cancelled ?? false,
  type,
})

const known = ['error', 'errors', 'type', 'form']

export const submitDialog = async (
  context: Context,
  { body }: InputOf<typeof interactions.submitDialog>,
): Promise<DialogAnswer> => {
  checkUrl(body.url)
  const type = body.cancelled ? 'dialog_cancellation' : 'dialog_submission'
  const answer = await askIntegration(context, body.url, payloadOf(context, body, type))
  const given = Object.entries(answer).filter(([name, value]) => known.includes(name) && value !== null)
  const shown = Object.fromEntries(given)
  if (!compiled(DialogAnswer).Check(shown)) throw malformedAnswer(context, 'dialog')
  return shown
}

const MOST_ITEMS = 1000

export const lookUpOptions = async (
  context: Context,
  { body }: InputOf<typeof interactions.lookUpOptions>,
): Promise<DialogItems> => {
  checkUrl(body.url)
  const { items } = await askIntegration(context, body.url, payloadOf(context, body, 'dialog_lookup'))
  if (items === undefined || items === null) return { items: [] }
  if (!Array.isArray(items)) throw malformedAnswer(context, 'items')
  return {
    items: (items as { text?: unknown; value?: unknown }[])
      .slice(0, MOST_ITEMS)
      .flatMap((item) =>
        typeof item?.text === 'string' && typeof item.value === 'string'
          ? [{ text: item.text, value: item.value }]
          : [],
      ),
  }
}
