/**
 * Buttons and menus: sends the press to the integration. The reply may replace the message or say something
 * to the person.
 */
import type { InputOf, interactions } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import { rewriteEphemeral, sendEphemeral } from '../../messages/ephemeral/index.ts'
import { changePost, mayBeRewritten } from '../../messages/posts/index.ts'
import { checkMessage, checkProps, mentionMarks, reservedIn } from '../../messages/posts/writing/index.ts'
import { usersByIds } from '../../people/users/index.ts'
import { findTeam } from '../../places/teams/index.ts'
import type { Pressed } from './access.ts'
import { askIntegration, malformedAnswer } from './integration.ts'
import { newTrigger } from './triggers.ts'

/** The body that the integration gets, as in v4. */
const payloadOf = async (
  { server, db, actor }: Context,
  { post, channel, action }: Pressed,
  option: string,
  trigger: string,
) => {
  const [user] = await usersByIds(server, [actor.userId])
  const team = channel.team_id === '' ? undefined : await findTeam(db, channel.team_id)
  const isChoice = action.type === 'select' && option !== ''
  return {
    user_id: actor.userId,
    user_name: user?.username ?? '',
    channel_id: channel.id,
    channel_name: channel.name,
    team_id: channel.team_id,
    team_domain: team?.name ?? '',
    post_id: post.id,
    trigger_id: trigger,
    type: action.type,
    data_source: isChoice ? action.dataSource : '',
    context: isChoice ? { ...action.context, selected_option: option } : action.context,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Replaces the message with the integration's version. Properties that the server has set, and the pin, stay.
 */
const update = async (context: Context, pressed: Pressed, written: Record<string, unknown>) => {
  const { message = '', props } = written
  if (typeof message !== 'string') throw malformedAnswer(context, 'update.message')
  if (props !== undefined && props !== null && !isRecord(props))
    throw malformedAnswer(context, 'update.props')
  const { server, actor, request } = context
  if (!pressed.kept) {
    const next = { message: checkMessage(message), props: checkProps(isRecord(props) ? props : {}, system) }
    await rewriteEphemeral(context, actor.userId, pressed.post, next)
    return
  }
  await change(server, { actor, request }, async (inner) => {
    const { post, can } = await mayBeRewritten(inner, pressed.post.id)
    const next = isRecord(props) ? { ...checkProps(props, system), ...reservedIn(post.props) } : post.props
    await changePost(inner, post, {
      message: checkMessage(message),
      props: { ...next, ...mentionMarks(can) },
    })
  })
}

/** Converts Slack's notation for links, which old integrations use. */
const withMarkdownLinks = (text: string): string =>
  text
    .replaceAll(/<(https?:\/\/[^|<>\s]{1,2048})\|([^<>]{1,2048})>/g, '[$2]($1)')
    .replaceAll(/<(https?:\/\/[^|<>\s]{1,2048})>/g, '$1')

export const press = async (
  context: Context,
  { body }: InputOf<typeof interactions.press>,
  pressed: Pressed,
) => {
  const { actor, now } = context
  const { post, action, kept } = pressed
  const { clientId, trigger } = await newTrigger(context, actor.userId, now)
  const payload = await payloadOf(context, pressed, body.selected_option ?? '', trigger)
  const answer = await askIntegration(context, action.url, payload)
  if (isRecord(answer.update)) await update(context, pressed, answer.update)
  const { ephemeral_text: said, skip_slack_parsing: isMarkdown } = answer
  if (typeof said === 'string' && said !== '') {
    sendEphemeral(context, actor.userId, {
      channel_id: post.channel_id,
      // A thread below an ephemeral message would be unreachable.
      root_id: post.root_id || (kept ? post.id : ''),
      // Checked before converting links, which is slow in a long text, and again after it, because links make
      // it longer.
      message: checkMessage(isMarkdown === true ? checkMessage(said) : withMarkdownLinks(checkMessage(said))),
      props: reservedIn(kept ?? {}),
    })
  }
  return { status: 'OK' as const, trigger_id: clientId }
}
