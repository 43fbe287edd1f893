/**
 * Message attachments, as integrations write them. Their buttons and menus ("actions") name an address and a
 * context. Only the integration and this server may know these; no client ever sees them.
 */
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'

type Props = Record<string, unknown>

const MOST_ATTACHMENTS = 100
const MOST_ACTIONS = 100
/** The id appears in a path of the API. */
const ACTION_ID = /^[A-Za-z0-9_-]{1,128}$/

const isRecord = (value: unknown): value is Props =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isListOf = (value: unknown, most: number): value is Props[] =>
  Array.isArray(value) && value.length <= most && value.every(isRecord)

const malformed = () => new Fault('api.context.invalid_body_param.app_error', { name: 'props.attachments' })

/** Changes each action, and leaves everything around it as it is. */
export const mapActions = (props: Props, change: (action: Props) => Props): Props => {
  if (!Array.isArray(props.attachments)) return props
  const attachments = props.attachments.map((attachment: unknown) =>
    isRecord(attachment) && Array.isArray(attachment.actions)
      ? { ...attachment, actions: attachment.actions.map((each) => (isRecord(each) ? change(each) : each)) }
      : attachment,
  )
  return { ...props, attachments }
}

/**
 * Each action needs an id, because a press names it. Removes cookies, because only the server may issue them.
 */
const withId = ({ cookie: _, ...action }: Props): Props => {
  const id = action.id === undefined || action.id === '' ? newId() : action.id
  if (typeof id !== 'string' || !ACTION_ID.test(id)) throw malformed()
  return { ...action, id }
}

/** Checks the shape of attachments, because official clients do not. */
export const checkAttachments = (props: Props): Props => {
  const { attachments } = props
  if (attachments === undefined) return props
  if (!isListOf(attachments, MOST_ATTACHMENTS)) throw malformed()
  for (const { actions } of attachments) {
    if (actions !== undefined && actions !== null && !isListOf(actions, MOST_ACTIONS)) throw malformed()
  }
  return mapActions(props, withId)
}

/** The properties as clients see them: without integrations. */
export const withoutIntegrations = (props: Props): Props =>
  mapActions(props, ({ integration: _, ...shown }) => shown)

const actionsIn = (props: Props): Props[] =>
  (Array.isArray(props.attachments) ? props.attachments : []).flatMap((attachment: unknown) =>
    isRecord(attachment) && Array.isArray(attachment.actions) ? attachment.actions.filter(isRecord) : [],
  )

/**
 * An author edits the post as clients see it, without integrations. Unchanged actions get their integrations
 * back.
 */
export const keepIntegrations = (before: Props, after: Props): Props => {
  const known = new Map(actionsIn(before).map((action) => [action.id, action.integration]))
  return mapActions(after, (action) =>
    action.integration === undefined && known.get(action.id) !== undefined
      ? { ...action, integration: known.get(action.id) }
      : action,
  )
}

/** A button or a menu, with its target. */
export type Action = {
  type: string
  dataSource: string
  url: string
  context: Props
}

export const actionIn = (props: Props, id: string): Action | undefined => {
  const action = actionsIn(props).find((each) => each.id === id)
  if (!action || !isRecord(action.integration)) return undefined
  const { url, context } = action.integration
  if (typeof url !== 'string') return undefined
  return {
    type: typeof action.type === 'string' ? action.type : 'button',
    dataSource: typeof action.data_source === 'string' ? action.data_source : '',
    url,
    context: isRecord(context) ? context : {},
  }
}
