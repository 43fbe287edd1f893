import type { StatusName } from '@plausch/wire'
import { announce, system } from '../../core/context.ts'
import type { Server } from '../../core/server.ts'

/** Only to the person's own clients, as in v4: others ask. Statuses change outside operations, too. */
export const announceStatus = (server: Server, userId: string, status: StatusName): void =>
  announce(server, { actor: system }, (context) =>
    context.publish('status_change', { user_id: userId, status }, { users: [userId] }),
  )
