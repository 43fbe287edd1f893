/** Writes reports of clients to the log, as plain text and nothing else. */
import type { InputOf, system } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { perServer } from '../../../core/server.ts'

const LONGEST = 400
/**
 * For each person, and for all clients without a session together, so that a client that fails in a loop does
 * not fill the disk.
 */
const MOST_PER_MINUTE = 60
const MINUTE = 60_000

const countsOf = perServer(
  'reports of clients in this minute',
  'limits what goes into the log of this server',
  () => ({ minute: 0, counts: new Map<string, number>() }),
)

const checkRate = ({ server, actor, now }: Context): void => {
  const kept = countsOf(server)
  const minute = Math.floor(now / MINUTE)
  if (kept.minute !== minute) {
    kept.minute = minute
    kept.counts.clear()
  }
  const count = (kept.counts.get(actor.userId) ?? 0) + 1
  kept.counts.set(actor.userId, count)
  if (count > MOST_PER_MINUTE) {
    throw new Fault('limits.too_many_requests', { seconds: Math.ceil(((minute + 1) * MINUTE - now) / 1000) })
  }
}

/**
 * Only administrators can write errors, or everybody in developer mode. Reports of others are below the level
 * that is usually logged.
 */
export const logOfClient = (
  context: Context,
  { body }: InputOf<typeof system.log>,
): Record<string, string> => {
  checkRate(context)
  const { server, actor, request } = context
  // Terminals obey control characters, and characters that change the direction of writing mislead readers.
  const words = (body.message ?? '').replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
  const message = [...words].slice(0, LONGEST).join('')
  const mayRaise = actor.can('manage_system') || server.settings().ServiceSettings.EnableDeveloper
  const level = mayRaise && body.level === 'ERROR' ? 'error' : 'debug'
  server.log[level]({ user: actor.userId, userAgent: request.userAgent, message }, 'a client reports')
  return { level: body.level ?? '', message }
}
