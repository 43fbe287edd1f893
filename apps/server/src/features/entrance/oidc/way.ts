/** Signing in by a provider, as one of the ways: it knows no passwords, and accounts can move to it. */
import type { ProviderService } from '@plausch/wire'
import type { Way } from '../../people/sessions/index.ts'
import { provenOf } from '../sso/index.ts'
import { leaveFor } from './service.ts'
import { isOn } from './services.ts'

export const wayOfProvider = (service: ProviderService): Way => ({
  service,
  isOn: (server) => isOn(server, service),
  claimElsewhere: (context, user) => leaveFor(context, service, provenOf(user)),
})
