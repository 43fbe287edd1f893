/** Which settings of the directory go together. */
import { Fault } from '../../../core/faults.ts'
import { filterOf } from './people.ts'
import type { LdapConfig } from './target.ts'

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
export const checkConfig = async (ldap: LdapConfig): Promise<void> => {
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
