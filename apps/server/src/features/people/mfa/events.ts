import { fact, within } from '../../../core/facts.ts'
import { settingsChanged } from '../../ground/settings/index.ts'
import { enforceFactor } from './duty.ts'

/** A person switched their second factor on or off. */
export const factorChanged = fact<{ user_id: string; is_active: boolean }>('mfa.changed')

export default [within(settingsChanged, async (context) => context.effect(enforceFactor, {}))]
