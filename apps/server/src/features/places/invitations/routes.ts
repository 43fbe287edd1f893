import { invitations } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayInvite, mayInviteGuests, mayRevokeAll } from './access.ts'
import { create, createForGuests, removeAll } from './service.ts'

export default routes(invitations, {
  create: on(mayInvite, create),
  createForGuests: on(mayInviteGuests, createForGuests),
  removeAll: on(mayRevokeAll, removeAll),
})
