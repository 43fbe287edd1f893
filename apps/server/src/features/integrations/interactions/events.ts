import type { OpenDialogRequest } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** Sent to the clients of the person who called the integration. */
export const announceDialog = (context: Context, userId: string, dialog: OpenDialogRequest): void =>
  context.publish('open_dialog', { dialog: JSON.stringify(dialog) }, { users: [userId] })
