import { system } from '@plausch/wire'
import { anyone, on, routes, signedIn } from '../../core/route.ts'
import { getLicense, getLimits, listPlugins, listTimezones, ping } from './service.ts'

export default routes(system, {
  ping: on(anyone, ping),
  license: on(anyone, getLicense),
  limits: on(signedIn, getLimits),
  timezones: on(signedIn, listTimezones),
  plugins: on(anyone, listPlugins),
})
