import { effect } from '../../../core/effects.ts'
import { within } from '../../../core/facts.ts'
import { forgetProviders } from '../../../core/openid.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { sectionNames } from './services.ts'

/** The providers may be others now, or reachable again. */
export const askAgain = effect<Record<string, never>>('oidc.ask_again', (server) => forgetProviders(server))

export default [
  within(settingsChanged, async (context, { names }) => {
    if (names.some((name) => sectionNames.some((section) => name.startsWith(`${section}.`))))
      context.effect(askAgain, {})
  }),
]
