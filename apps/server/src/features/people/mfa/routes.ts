import { mfa } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayMakeSecret, maySetFactor } from './access.ts'
import { generate, set } from './service.ts'

export default routes(mfa, {
  generate: on(mayMakeSecret, generate),
  // Codes that are tried are counted, which a refusal must not roll back.
  set: on(maySetFactor, set).stepwise,
})
