import { providerServices } from '@plausch/wire'
import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { forgetProviders } from '../../../core/openid.ts'
import { settingsChecks } from '../../ground/settings/index.ts'
import { ways } from '../../people/sessions/index.ts'
import { providers } from '../../people/users/index.ts'
import { PROVIDED } from '../sso/index.ts'
import listeners, { askAgain } from './events.ts'
import routes from './routes.ts'
import { checkSettings } from './settings.ts'
import { wayOfProvider } from './way.ts'

export const oidc: Feature = {
  name: 'oidc',
  routes,
  listeners,
  effects: [askAgain],
  resync: forgetProviders,
  extensions: [
    ...providerServices.flatMap((service) => [
      extend(ways, wayOfProvider(service)),
      extend(providers, { service, fields: () => PROVIDED }),
    ]),
    extend(settingsChecks, checkSettings),
  ],
}
