import type { StatusName } from '@plausch/wire'
import type { Server } from '../../core/server.ts'

/** Only to the person's own clients, as in v4: others ask. Statuses change outside operations, too, so it is sent at once. */
export const announceStatus = (server: Server, userId: string, status: StatusName): void =>
  server.hub.publish('status_change', { user_id: userId, status }, { users: [userId] })
