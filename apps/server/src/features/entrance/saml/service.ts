/** The way to a provider of SAML, and back. */
import { randomBytes } from 'node:crypto'
import type { Incoming, InputOf, saml } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { atMost } from '../../../core/incoming.ts'
import { callOut, OutgoingError } from '../../../core/outgoing.ts'
import { Raw } from '../../../core/route.ts'
import { answerOf, idpIn, lengthOf, MOST_ANSWER, metadataOf, requestAt } from '../../../core/saml.ts'
import {
  asPage,
  endFlow,
  finish,
  isProof,
  keepFlow,
  mobilePurpose,
  newState,
  type Purpose,
  redirect,
  visitPurpose,
} from '../sso/index.ts'
import { personOf } from './people.ts'
import { describedTarget, SERVICE, targetOf } from './target.ts'

type Input<K extends keyof typeof saml> = InputOf<(typeof saml)[K]>

/** Keeps a flow, and returns the address where the person signs in. Not within a transaction. */
export const leaveFor = async (context: Context, purpose: Purpose): Promise<string> => {
  const target = await targetOf(context)
  const [state, requestId] = [newState(), `_${randomBytes(20).toString('hex')}`]
  const url = await requestAt(target, { state, requestId, isProof: isProof(purpose) })
  // The answer comes by a form of another site.
  await keepFlow(context, state, { service: SERVICE, asked: { requestId }, purpose }, { isForm: true })
  return url
}

export const login = (context: Context, { query }: Input<'login'>) =>
  asPage(context, SERVICE, async () => {
    const purpose =
      query.action === 'mobile'
        ? mobilePurpose(context, query)
        : visitPurpose(context, query, query.action === 'signup')
    return redirect(context, await leaveFor(context, purpose))
  })

/** The answer in base64, with signs that a form writes as three. */
const MOST_FORM = 2 * MOST_ANSWER

const tooLong = () => new Fault('api.user.authorize_oauth_user.saml_response_too_long.app_error')

const formIn = async ({ bytes }: Incoming): Promise<URLSearchParams> => {
  const parts: Uint8Array[] = []
  for await (const part of atMost(bytes, MOST_FORM, tooLong)) parts.push(part)
  return new URLSearchParams(Buffer.concat(parts).toString('latin1'))
}

export const complete = (context: Context, { body }: Input<'complete'>) =>
  asPage(context, SERVICE, async () => {
    const form = await formIn(body)
    const [answer, state] = [form.get('SAMLResponse') ?? '', form.get('RelayState') ?? '']
    const target = await targetOf(context)
    const flow = await endFlow(context, SERVICE, state, { isForm: true })
    if (answer === '') throw new Fault('api.user.authorize_oauth_user.missing.app_error')
    if (lengthOf(answer) > MOST_ANSWER) throw tooLong()
    const assertion = await answerOf(target, answer, flow.asked.requestId ?? '')
    const person = personOf(context.server.settings(), assertion)
    return await finish(context, flow, person)
  })

export const metadata = async (context: Context): Promise<Raw> => {
  const target = await describedTarget(context)
  const isComplete = !target.isEncrypted || (target.key !== '' && target.certificate !== '')
  if (target.ownId === '' || !isComplete) throw new Fault('api.admin.saml.not_available.app_error')
  context.head.header('content-disposition', 'attachment; filename="metadata.xml"')
  return new Raw(await metadataOf(target), 'application/xml')
}

const READ_MS = 10_000

const unreadable = (cause?: unknown) =>
  new Fault('api.admin.saml.failure_get_metadata_from_idp.app_error', undefined, cause)

const described = async (xml: string) => {
  try {
    const { idpId, idpUrl, certificate } = await idpIn(xml)
    if (idpId === '' || idpUrl === '' || certificate === '') throw new Error('the metadata are not complete')
    return { idp_descriptor_url: idpId, idp_url: idpUrl, idp_public_certificate: certificate }
  } catch (error) {
    throw unreadable(error)
  }
}

export const metadataInFile = (_context: Context, { body }: Input<'metadataInFile'>) =>
  described(body.metadata)

/** An address that an administrator types, and that this server opens: only what everybody may reach. */
export const metadataFromIdp = async (context: Context, { body }: Input<'metadataFromIdp'>) => {
  const reply = await callOut(context, body.saml_metadata_url, {
    timeoutMs: READ_MS,
    maxBytes: MOST_ANSWER,
  }).catch((error: unknown) => {
    throw error instanceof OutgoingError ? unreadable(error) : error
  })
  if (reply.status !== 200 || reply.isCut) throw unreadable()
  return await described(reply.body.toString('utf8'))
}
