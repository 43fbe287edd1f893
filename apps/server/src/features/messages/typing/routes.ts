import { typing } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayTypeAs } from './access.ts'
import { send } from './service.ts'

export default routes(typing, {
  send: on(mayTypeAs, send).reading,
})
