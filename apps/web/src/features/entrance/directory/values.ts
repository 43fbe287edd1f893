/** The settings of the directory as a form has them: numbers are texts. */
import type { Configuration, Configured } from '../../../platform/console/configuration.ts'

export const SECTION = 'LdapSettings'

/** What a tab with settings gets: how to save them, and what is stored. */
export type SettingsTab = { config: Configured; stored: Configuration }

/** Where the directory is, and how to speak with it. */
export const connectionTexts = ['LdapServer', 'LdapPort', 'BaseDN', 'BindUsername'] as const

/** Who of it comes in, and which attributes an account takes. */
export const filters = ['UserFilter', 'GuestFilter', 'AdminFilter'] as const
export const attributes = [
  ...(['IdAttribute', 'LoginIdAttribute', 'UsernameAttribute', 'EmailAttribute'] as const),
  ...(['FirstNameAttribute', 'LastNameAttribute', 'NicknameAttribute', 'PositionAttribute'] as const),
  'PictureAttribute',
] as const

export const groupTexts = ['GroupFilter', 'GroupIdAttribute', 'GroupDisplayNameAttribute'] as const

export type TextKey = (
  | typeof connectionTexts
  | typeof filters
  | typeof attributes
  | typeof groupTexts
)[number]

/** The stored values of these settings. */
export const textsOf = <K extends TextKey>(config: Configuration, keys: readonly K[]): Record<K, string> =>
  Object.fromEntries(keys.map((key) => [key, config.text(SECTION, key)])) as Record<K, string>

/** What the server gets: trimmed, and the port as a number. */
export const sentOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (key === 'LdapPort') return [key, Number(value)]
      return [key, typeof value === 'string' && key !== 'BindPassword' ? value.trim() : value]
    }),
  )

export type Kind = 'openldap' | 'ad' | 'freeipa'

/** What is usual in each kind of directory, from docs/operate/directory.md. */
export const usual: Record<Kind, Partial<Record<TextKey, string>>> = {
  openldap: {
    UserFilter: '(objectClass=inetOrgPerson)',
    ...{ IdAttribute: 'entryUUID', LoginIdAttribute: 'uid', UsernameAttribute: 'uid' },
    ...{ EmailAttribute: 'mail', FirstNameAttribute: 'givenName', LastNameAttribute: 'sn' },
    ...{
      PositionAttribute: 'title',
      GroupFilter: '(objectClass=groupOfNames)',
      GroupIdAttribute: 'entryUUID',
    },
    ...{ GroupDisplayNameAttribute: 'cn', PictureAttribute: 'jpegPhoto' },
  },
  ad: {
    UserFilter: '(&(objectCategory=person)(sAMAccountName=*))',
    ...{ IdAttribute: 'objectGUID', LoginIdAttribute: 'sAMAccountName', UsernameAttribute: 'sAMAccountName' },
    ...{ EmailAttribute: 'mail', FirstNameAttribute: 'givenName', LastNameAttribute: 'sn' },
    ...{ PositionAttribute: 'title', GroupFilter: '(objectClass=group)', GroupIdAttribute: 'objectGUID' },
    ...{ GroupDisplayNameAttribute: 'cn', PictureAttribute: 'thumbnailPhoto' },
  },
  freeipa: {
    UserFilter: '(objectClass=person)',
    ...{ IdAttribute: 'ipaUniqueID', LoginIdAttribute: 'uid', UsernameAttribute: 'uid' },
    ...{ EmailAttribute: 'mail', FirstNameAttribute: 'givenName', LastNameAttribute: 'sn' },
    ...{
      PositionAttribute: 'title',
      GroupFilter: '(objectClass=ipaUserGroup)',
      GroupIdAttribute: 'ipaUniqueID',
    },
    ...{ GroupDisplayNameAttribute: 'cn', PictureAttribute: 'jpegPhoto' },
  },
}
