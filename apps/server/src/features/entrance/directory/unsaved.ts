/**
 * Settings that an administrator tries before they are saved, and the rule that a stored secret goes only to
 * the server for which it was entered: who may change the server's address must not learn the password by it.
 */
import { defaultSettings, expectedOf, isSetting, mayBe, type Settings } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { MASK, type SettingsChange } from '../../ground/settings/index.ts'
import { filterOf } from './people.ts'
import type { LdapSettings } from './target.ts'

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

/** The settings in force, with what the administrator tries. */
export const unsavedSettings = (
  { server }: Context,
  sent: Readonly<Record<string, unknown>>,
): LdapSettings => {
  const stored = server.settings().LdapSettings
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
  const settings = tried as LdapSettings
  const isElsewhere = bound.some((name) => {
    const key = name.split('.')[1] as keyof LdapSettings
    return name.startsWith('LdapSettings.') && settings[key] !== stored[key]
  })
  if (isElsewhere && stored.BindPassword !== '' && !isGiven(sent.BindPassword))
    throw new Fault('directory.secret_needed')
  return settings
}

const filters = {
  UserFilter: 'ent.ldap.validate_filter.app_error',
  GuestFilter: 'ent.ldap.validate_guest_filter.app_error',
  AdminFilter: 'ent.ldap.validate_admin_filter.app_error',
  GroupFilter: 'directory.group_filter',
} as const

const required = {
  LdapServer: 'model.config.is_valid.ldap_server',
  BaseDN: 'model.config.is_valid.ldap_basedn',
  EmailAttribute: 'model.config.is_valid.ldap_email',
  UsernameAttribute: 'model.config.is_valid.ldap_username',
  IdAttribute: 'model.config.is_valid.ldap_id',
  LoginIdAttribute: 'model.config.is_valid.ldap_login_id',
} as const

/** Refuses settings with which nobody could sign in. */
export const checkLdap = async (ldap: LdapSettings): Promise<void> => {
  for (const [key, code] of Object.entries(filters)) {
    const text = ldap[key as keyof typeof filters]
    try {
      if (text !== '') await filterOf(text)
    } catch (error) {
      throw new Fault(code, undefined, error)
    }
  }
  if (!ldap.Enable && !ldap.EnableSync) return
  for (const [key, code] of Object.entries(required)) {
    if (ldap[key as keyof typeof required].trim() === '') throw new Fault(code)
  }
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
  if (isTouched(names)) await checkLdap(next.LdapSettings)
}
