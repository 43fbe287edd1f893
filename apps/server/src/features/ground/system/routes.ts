import { system } from '@plausch/wire'
import { anyone, anyoneWho, on, routes, signedIn } from '../../../core/route.ts'
import { mayLog, mayManageServer } from './access.ts'
import { logOfClient } from './client-logs.ts'
import { redirectLocation } from './links.ts'
import {
  completeSetUp,
  countPostsUsed,
  countStorageUsed,
  getAgentsStatus,
  getBusy,
  getLicense,
  getLicenseLoad,
  getLimits,
  getSetUp,
  listAgents,
  listPlugins,
  listTimezones,
  ping,
} from './service.ts'

export default routes(system, {
  ping: on(anyone, ping),
  license: on(anyone, getLicense),
  limits: on(signedIn, getLimits),
  timezones: on(signedIn, listTimezones),
  busy: on(mayManageServer, getBusy),
  log: on(anyoneWho(mayLog), logOfClient).reading,
  redirectLocation: on(signedIn, redirectLocation).stepwise,
  agents: on(signedIn, listAgents),
  agentsStatus: on(signedIn, getAgentsStatus),
  licenseLoad: on(signedIn, getLicenseLoad),
  postsUsed: on(signedIn, countPostsUsed),
  storageUsed: on(signedIn, countStorageUsed),
  setUp: on(signedIn, getSetUp),
  completeSetUp: on(mayManageServer, completeSetUp).reading,
  plugins: on(anyone, listPlugins),
})
