/**
 * Which settings of a provider go together, and the rule that a stored secret goes only to the provider for
 * which it was entered: who may change the address must not learn the secret by it.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isDiscoveryUrl } from '../../../core/openid.ts'
import { MASK, type SettingsChange } from '../../ground/settings/index.ts'
import { type Section, sectionNames } from './services.ts'

/** What decides where the secret goes. */
const bound = ['DiscoveryEndpoint', 'TokenEndpoint', 'AuthEndpoint', 'UserAPIEndpoint'] as const

const isGiven = (secret: unknown): boolean => typeof secret === 'string' && secret !== MASK

const checkSection = (section: Section, { before, next, names, sent }: SettingsChange): void => {
  const isTouched = [...names].some((name) => name.startsWith(`${section}.`))
  if (!isTouched) return
  const { Enable, Id, DiscoveryEndpoint, Secret } = next[section]
  const isElsewhere = bound.some((key) => names.has(`${section}.${key}`))
  if (isElsewhere && before[section].Secret !== '' && Secret !== '' && !isGiven(sent[section]?.Secret))
    throw new Fault('sso.secret_needed', { section })
  if (!Enable) return
  if (Id === '') throw new Fault('sso.setting_needed', { name: `${section}.Id` })
  if (!isDiscoveryUrl(DiscoveryEndpoint))
    throw new Fault('sso.setting_needed', { name: `${section}.DiscoveryEndpoint` })
}

export const checkSettings = (_context: Context, change: SettingsChange): void => {
  for (const section of sectionNames) checkSection(section, change)
}
