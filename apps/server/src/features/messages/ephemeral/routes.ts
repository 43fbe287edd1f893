import { ephemeral } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayPostEphemeral } from './access.ts'
import { create } from './service.ts'

export default routes(ephemeral, {
  create: on(mayPostEphemeral, create),
})
