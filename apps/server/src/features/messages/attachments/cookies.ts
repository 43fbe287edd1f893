/**
 * The server does not store ephemeral posts. So the target of each button or menu travels with the post in an
 * encrypted cookie, and the client sends the cookie back when somebody presses it. A cookie is valid for one
 * person, one action of one post, and one day.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Context } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { Fault } from '../../../core/faults.ts'
import { type Action, actionIn, mapActions } from './attachments.ts'
import { findActionKey } from './store.ts'

const LASTS_MS = 24 * 3_600_000
const ALGORITHM = 'aes-256-gcm'
const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [32, 12, 16]
/** At most as long as a request may be (wire). */
const MAX_COOKIE = 100_000

/** An ephemeral post as its cookies contain it. */
export type SealedPost = {
  id: string
  channel_id: string
  root_id: string
  user_id: string
  create_at: number
}

type Sealed = { post: SealedPost; action: Action; sealed_at: number }

/** The subject of a cookie: not part of the cookie, but authenticated with it. */
export type Whose = { userId: string; postId: string; actionId: string }

/** The key in base64. Other keys may be derived from it. */
export const actionKeyOf = (db: Db): Promise<string> =>
  findActionKey(db, randomBytes(KEY_BYTES).toString('base64'))

const keyOf = async ({ db }: Context): Promise<Buffer> => Buffer.from(await actionKeyOf(db), 'base64')

const about = ({ userId, postId, actionId }: Whose) => Buffer.from([userId, postId, actionId].join(':'))

const seal = (key: Buffer, whose: Whose, sealed: Sealed): string => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(about(whose))
  const text = Buffer.concat([cipher.update(JSON.stringify(sealed)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

const unseal = (key: Buffer, whose: Whose, cookie: string): Sealed | undefined => {
  const bytes = Buffer.from(cookie, 'base64url')
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)]
  if (tag.length < TAG_BYTES) return undefined
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(about(whose))
      .setAuthTag(tag)
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
    return JSON.parse(text.toString()) as Sealed
  } catch {
    return undefined
  }
}

/** Adds a cookie to every action that has a target, in an ephemeral post for `userId`. */
export const withCookies = async (
  context: Context,
  userId: string,
  post: SealedPost,
  props: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  if (!Array.isArray(props.attachments)) return props
  const key = await keyOf(context)
  return mapActions(props, (shown) => {
    const actionId = String(shown.id)
    const action = actionIn({ attachments: [{ actions: [shown] }] }, actionId)
    if (!action) return shown
    const cookie = seal(key, { userId, postId: post.id, actionId }, { post, action, sealed_at: context.now })
    if (cookie.length > MAX_COOKIE)
      throw new Fault('api.context.invalid_body_param.app_error', { name: 'props.attachments' })
    return { ...shown, cookie }
  })
}

/** The content of a cookie, if it is genuine, belongs to this person and action, and has not expired. */
export const openCookie = async (
  context: Context,
  whose: Whose,
  cookie: string,
): Promise<{ post: SealedPost; action: Action } | undefined> => {
  const sealed = unseal(await keyOf(context), whose, cookie)
  return sealed && context.now - sealed.sealed_at <= LASTS_MS ? sealed : undefined
}
