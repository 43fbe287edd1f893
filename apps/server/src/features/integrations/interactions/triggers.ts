/**
 * Triggers: an integration that somebody has just called may open a dialog for them, for a short time. Whoever holds one is that integration.
 * The key is made of that of action cookies, so every server on the database knows it.
 */
import { createHmac } from 'node:crypto'
import type { Context } from '../../../core/context.ts'
import { newId, sameSecret } from '../../../core/ids.ts'
import { integrationTimeoutMs } from '../../../core/outgoing.ts'
import { actionKeyOf } from '../../messages/attachments/index.ts'

/** `clientId` is told to the person's client, which so knows its own dialogs. */
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

/** What a trigger says, if it is ours and not too old. */
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
