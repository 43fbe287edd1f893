import { effect } from '../../../core/effects.ts'
import { within } from '../../../core/facts.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { closeBreaker } from './breaker.ts'
import { lookSoon } from './live.ts'

/** The directory may be another one now. */
export const tryAgain = effect<Record<string, never>>('directory.try_again', (server) => closeBreaker(server))

export default [
  within(settingsChanged, async (context, { names }) => {
    if (!names.some((name) => name.includes('Ldap'))) return
    context.effect(tryAgain, {})
    await lookSoon(context)
  }),
]
