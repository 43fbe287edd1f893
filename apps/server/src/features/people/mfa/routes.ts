import { mfa } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayMakeSecret, maySetFactor } from './access.ts'
import { generate, set } from './service.ts'

export default routes(mfa, {
  generate: on(mayMakeSecret, generate),
  // Tries are counted, and a refusal must not roll the count back.
  set: on(maySetFactor, set).stepwise,
})
