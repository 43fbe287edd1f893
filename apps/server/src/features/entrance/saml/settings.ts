/** SAML is switched on only with settings with which people can sign in, and nobody else can. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { SettingsChange } from '../../ground/settings/index.ts'
import { findFiles } from './store.ts'
import { missingAmong, missingIn } from './target.ts'

export const checkSettings = async ({ db }: Context, { next, names }: SettingsChange): Promise<void> => {
  const isTouched = [...names].some((name) => name.startsWith('SamlSettings.'))
  if (!isTouched || !next.SamlSettings.Enable) return
  const missing = missingIn(next.SamlSettings) ?? missingAmong(await findFiles(db), next.SamlSettings)
  if (missing) throw new Fault('sso.setting_needed', { name: `SamlSettings.${missing}` })
}
