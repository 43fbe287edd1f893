import { tokens } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayCreateToken, mayListTokens, mayRevokeToken } from './access.ts'
import { create, list, revoke } from './service.ts'

export default routes(tokens, {
  create: on(mayCreateToken, create),
  list: on(mayListTokens, list),
  revoke: on(mayRevokeToken, revoke),
})
