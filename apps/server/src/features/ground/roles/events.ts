import type { Role } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** Sent to everybody, because clients decide by roles what they show. */
export const announceRole = (context: Context, role: Role): void =>
  context.publish('role_updated', { role: JSON.stringify(role) }, { everyone: true })
