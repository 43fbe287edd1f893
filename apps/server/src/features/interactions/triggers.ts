/**
 * Triggers: an integration that somebody has just called may open a dialog for them, for a short time. Whoever holds one is that integration.
 * The key lives as long as the server, which is longer than any trigger.
 */
import { createHmac } from 'node:crypto'
import { newId, newSecret, sameSecret } from '../../core/ids.ts'
import { integrationTimeoutMs } from '../../core/outgoing.ts'
import { perServer, type Server } from '../../core/server.ts'

/** `clientId` is told to the person's client, which so knows its own dialogs. */
export type Trigger = { clientId: string; userId: string }

const keyOf = perServer(() => newSecret())

const signed = (server: Server, text: string) =>
  createHmac('sha256', keyOf(server)).update(text).digest('base64url')

export const newTrigger = (server: Server, userId: string, now: number) => {
  const clientId = newId(now)
  const text = `${clientId}:${userId}:${now}`
  const trigger = Buffer.from(`${text}:${signed(server, text)}`).toString('base64')
  return { clientId, trigger }
}

/** What a trigger says, if it is ours and not too old. */
export const openTrigger = (server: Server, trigger: string, now: number): Trigger | undefined => {
  const [clientId = '', userId = '', at = '', signature = ''] = Buffer.from(trigger, 'base64')
    .toString()
    .split(':')
  if (!sameSecret(signature, signed(server, `${clientId}:${userId}:${at}`))) return undefined
  return now - Number(at) <= integrationTimeoutMs(server) ? { clientId, userId } : undefined
}
