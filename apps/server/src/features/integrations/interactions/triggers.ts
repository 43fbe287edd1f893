/**
 * Triggers: an integration that a person has just called may open a dialog for them, for a short time.
 * Whoever has the trigger is that integration. Its key is derived from that of action cookies, so every
 * server on the database knows it.
 */
import { createHmac } from 'node:crypto'
import type { Context } from '../../../core/context.ts'
import { newId, sameSecret } from '../../../core/ids.ts'
import { integrationTimeoutMs } from '../../../core/outgoing.ts'
import { actionKeyOf } from '../../messages/attachments/index.ts'

/** `clientId` is sent to the person's client, which recognises its own dialogs by it. */
export type Trigger = { clientId: string; userId: string }

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url')

const signed = async ({ db }: Pick<Context, 'db'>, text: string) =>
  hmac(hmac(await actionKeyOf(db), 'triggers'), text)

export const newTrigger = async (context: Pick<Context, 'db'>, userId: string, now: number) => {
  const clientId = newId(now)
  const text = `${clientId}:${userId}:${now}`
  const trigger = Buffer.from(`${text}:${await signed(context, text)}`).toString('base64')
  return { clientId, trigger }
}

/** The content of a trigger, if this server signed it and it has not expired. */
export const openTrigger = async (
  context: Pick<Context, 'db' | 'server'>,
  trigger: string,
  now: number,
): Promise<Trigger | undefined> => {
  const [clientId = '', userId = '', at = '', signature = ''] = Buffer.from(trigger, 'base64')
    .toString()
    .split(':')
  if (!sameSecret(signature, await signed(context, `${clientId}:${userId}:${at}`))) return undefined
  return now - Number(at) <= integrationTimeoutMs(context.server) ? { clientId, userId } : undefined
}
