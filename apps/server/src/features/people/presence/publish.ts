import type { StatusName } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** Sent to the person's own clients only, as in v4; others ask. */
export const announceStatus = (context: Context, userId: string, status: StatusName): void =>
  context.publish('status_change', { user_id: userId, status }, { users: [userId] })
