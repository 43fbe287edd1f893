import type { Role } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** Clients decide by roles what they show, so everybody hears of a change. */
export const announceRole = (context: Context, role: Role): void =>
  context.publish('role_updated', { role: JSON.stringify(role) }, { everyone: true })
