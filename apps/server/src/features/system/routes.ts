import { system } from '@plausch/wire'
import { anyone, anyoneWho, on, routes, signedIn } from '../../core/route.ts'
import { mayLog, maySeeLoad } from './access.ts'
import { logOfClient } from './client-logs.ts'
import { redirectLocation } from './links.ts'
import { getBusy, getLicense, getLimits, listPlugins, listTimezones, ping } from './service.ts'

export default routes(system, {
  ping: on(anyone, ping),
  license: on(anyone, getLicense),
  limits: on(signedIn, getLimits),
  timezones: on(signedIn, listTimezones),
  busy: on(maySeeLoad, getBusy),
  log: on(anyoneWho(mayLog), logOfClient).reading,
  redirectLocation: on(signedIn, redirectLocation).stepwise,
  plugins: on(anyone, listPlugins),
})
