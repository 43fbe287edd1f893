import { change, system } from '../../../core/context.ts'
import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { jobTypes } from '../../ground/jobs/index.ts'
import { settingsChecks } from '../../ground/settings/index.ts'
import { ways } from '../../people/sessions/index.ts'
import { providers } from '../../people/users/index.ts'
import { leaders } from '../../places/requests/index.ts'
import { brakes } from '../../places/syncables/index.ts'
import { SERVICE } from './accounts.ts'
import { closeBreaker } from './breaker.ts'
import listeners, { tryAgain } from './events.ts'
import { forgetOld } from './history.ts'
import { placeBrake } from './holding.ts'
import { leaderOf } from './leaders.ts'
import { live, lookSoon } from './live.ts'
import { passType, passWhenDue } from './pass.ts'
import { providedFields } from './people.ts'
import routes from './routes.ts'
import { checkSettings } from './unsaved.ts'
import { directoryWay } from './way.ts'

export const directory: Feature = {
  name: 'directory',
  routes,
  listeners,
  effects: [tryAgain],
  queues: [live],
  async beforeClients(server) {
    await change(server, { actor: system }, lookSoon)
  },
  resync: closeBreaker,
  extensions: [
    extend(ways, directoryWay),
    extend(providers, {
      service: SERVICE,
      fields: (server) => providedFields(server.settings().LdapSettings),
    }),
    extend(settingsChecks, checkSettings),
    extend(leaders, leaderOf),
    extend(jobTypes, passType),
    extend(brakes, placeBrake),
  ],
  schedules: [
    { name: 'directory.pass', cron: '* * * * *', run: passWhenDue },
    { name: 'directory.forget_changes', cron: '23 4 * * *', run: forgetOld },
  ],
}
