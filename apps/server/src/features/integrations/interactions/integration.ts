/** Calls integrations: sends JSON and receives JSON. Every failure gives the same fault. */
import { limitConcurrency } from '../../../core/concurrency-limit.ts'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { readJson } from '../../../core/json.ts'
import { callOut, integrationTimeoutMs, OutgoingError, type OutgoingReply } from '../../../core/outgoing.ts'

const MOST_BYTES = 1_000_000
/** Each call holds a connection until the integration replies. */
const MOST_AT_ONCE = 10

const atOnce = limitConcurrency(MOST_AT_ONCE, () => new Fault('interactions.busy', { max: MOST_AT_ONCE }))

/** The details are for the log only, because people must not learn how an internal address behaves. */
const failed = ({ server, actor }: Context, problem: string, cause?: unknown) => {
  server.log.info({ user: actor.userId, problem, err: cause }, 'an integration failed')
  return new Fault('api.post.do_action.action_integration.app_error', undefined, cause)
}

const call = async (context: Context, url: string, payload: object): Promise<OutgoingReply> => {
  try {
    return await callOut(context, url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(payload),
      timeoutMs: integrationTimeoutMs(context.server),
      maxBytes: MOST_BYTES,
    })
  } catch (error) {
    if (error instanceof OutgoingError) throw failed(context, error.problem, error)
    throw error
  }
}

/** The object that an integration replies; an empty reply is an empty object. */
const ask = async (context: Context, url: string, payload: object): Promise<Record<string, unknown>> => {
  const { status, body, isCut } = await call(context, url, payload)
  if (status !== 200 || isCut) throw failed(context, isCut ? 'size' : `status ${status}`)
  const text = body.toString('utf8').trim()
  if (text === '') return {}
  try {
    const value = readJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch (error) {
    throw failed(context, 'no JSON', error)
  }
  throw failed(context, 'no object')
}

export const askIntegration = (
  context: Context,
  url: string,
  payload: object,
): Promise<Record<string, unknown>> => atOnce(context, () => ask(context, url, payload))

export const malformedAnswer = failed
