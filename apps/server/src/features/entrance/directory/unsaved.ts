/**
 * Settings that an administrator tries before they are saved, and the rule that a stored secret goes only to
 * the server for which it was entered: who may change the server's address must not learn the password by it.
 */
import { defaultSettings, expectedOf, isSetting, mayBe, type Settings } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { MASK, type SettingsChange } from '../../ground/settings/index.ts'
import { checkConfig } from './config.ts'
import type { LdapConfig } from './target.ts'

/** What decides where the password of the service account goes, and who can read it on the way. */
const bound = [
  'LdapSettings.LdapServer',
  'LdapSettings.LdapPort',
  'LdapSettings.ConnectionSecurity',
  'LdapSettings.SkipCertificateVerification',
  'PlauschSettings.LdapCertificateAuthority',
  'PlauschSettings.LdapAllowPlainText',
] as const

const isGiven = (password: unknown): boolean => typeof password === 'string' && password !== MASK

/** The settings in force. */
export const storedSettings = ({ server }: Context): LdapConfig => server.settings().LdapSettings

type Sent = Readonly<Record<string, unknown>>

/** Plausch's own settings in force, with the authority that the administrator tries beside the others. */
export const unsavedOwnSettings = (
  { server }: Context,
  { LdapCertificateAuthority: sent }: Sent,
): Settings['PlauschSettings'] => {
  const stored = server.settings().PlauschSettings
  return typeof sent === 'string' ? { ...stored, LdapCertificateAuthority: sent } : stored
}

/** The settings in force, with what the administrator tries. */
export const unsavedSettings = (context: Context, sent: Sent): LdapConfig => {
  const { LdapSettings: stored, PlauschSettings } = context.server.settings()
  const tried: Record<string, unknown> = { ...stored }
  for (const [key, value] of Object.entries(sent)) {
    if (value === null || !isSetting('LdapSettings', key) || (key === 'BindPassword' && !isGiven(value)))
      continue
    if (!mayBe('LdapSettings', key, value))
      throw new Fault('settings.wrong_value', {
        name: `LdapSettings.${key}`,
        reason: expectedOf('LdapSettings', key),
      })
    tried[key] = value
  }
  const settings = tried as LdapConfig
  const isElsewhere = bound.some((name) => {
    const key = name.split('.')[1] as keyof LdapConfig
    return name.startsWith('LdapSettings.') && settings[key] !== stored[key]
  })
  const isOtherAuthority =
    unsavedOwnSettings(context, sent).LdapCertificateAuthority !== PlauschSettings.LdapCertificateAuthority
  if ((isElsewhere || isOtherAuthority) && stored.BindPassword !== '' && !isGiven(sent.BindPassword))
    throw new Fault('directory.secret_needed')
  return settings
}

const isTouched = (names: ReadonlySet<string>): boolean =>
  [...names].some((name) => name.startsWith('LdapSettings.'))

export const checkSettings = async (_context: Context, change: SettingsChange): Promise<void> => {
  const { next, names, sent } = change
  const password: keyof Settings['LdapSettings'] = 'BindPassword'
  if (
    bound.some((name) => names.has(name)) &&
    next.LdapSettings[password] !== defaultSettings.LdapSettings[password] &&
    !isGiven(sent.LdapSettings?.[password])
  )
    throw new Fault('directory.secret_needed')
  if (isTouched(names)) await checkConfig(next.LdapSettings)
}
