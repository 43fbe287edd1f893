import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { settingsChecks } from '../../ground/settings/index.ts'
import { ways } from '../../people/sessions/index.ts'
import { providers } from '../../people/users/index.ts'
import { PROVIDED, provenOf } from '../sso/index.ts'
import routes from './routes.ts'
import { leaveFor } from './service.ts'
import { checkSettings } from './settings.ts'
import { isOn, SERVICE } from './target.ts'

export const saml: Feature = {
  name: 'saml',
  routes,
  extensions: [
    extend(ways, {
      service: SERVICE,
      isOn,
      claimElsewhere: (context, user) => leaveFor(context, provenOf(user)),
    }),
    extend(providers, { service: SERVICE, fields: () => PROVIDED }),
    extend(settingsChecks, checkSettings),
  ],
}
