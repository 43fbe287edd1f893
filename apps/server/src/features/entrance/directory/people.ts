/** People of the directory: how they are found, and what we take of them. */
import type { Filter } from 'ldapts'
import { type Connection, isSizeLimit, ldap } from '../../../core/ldap.ts'
import { type Entry, idOf, idValue, isBinary } from '../../../core/ldap-entries.ts'
import type { LdapConfig } from './target.ts'

/** A person as the directory describes them; '' for what it does not say. */
export type Person = {
  /** Stays the same when the name, the address or the place in the tree change. */
  id: string
  dn: string
  username: string
  email: string
  first_name: string
  last_name: string
  nickname: string
  position: string
  /** The directory has switched the account off. */
  isDisabled: boolean
}

/** What the filters of the settings say about a person; undefined if they say nothing. */
export type Standing = { isGuest: boolean; isAdmin: boolean | undefined }

/** The attributes of what an account takes, by v4's names of its fields; '' for none. */
const attributesOf = (LdapSettings: LdapConfig) => ({
  username: LdapSettings.UsernameAttribute,
  email: LdapSettings.EmailAttribute,
  first_name: LdapSettings.FirstNameAttribute,
  last_name: LdapSettings.LastNameAttribute,
  nickname: LdapSettings.NicknameAttribute,
  position: LdapSettings.PositionAttribute,
})
type Field = keyof ReturnType<typeof attributesOf>

/** The longest texts that an account takes. */
const LONGEST: Record<Field, number> = {
  username: 256,
  email: 256,
  first_name: 64,
  last_name: 64,
  nickname: 64,
  position: 128,
}

/** The fields of an account that the directory determines. */
export const providedFields = (LdapSettings: LdapConfig): string[] =>
  Object.entries(attributesOf(LdapSettings))
    .filter(([field, attribute]) => field === 'username' || field === 'email' || attribute !== '')
    .map(([field]) => field)
    .concat(LdapSettings.PictureAttribute === '' ? [] : ['picture'])

/** How directories say that an account is switched off. */
const DISABLING = [
  'userAccountControl',
  'accountExpires',
  'nsAccountLock',
  'pwdAccountLockedTime',
  'shadowExpire',
]

export const loginAttribute = (LdapSettings: LdapConfig): string =>
  LdapSettings.LoginIdAttribute || LdapSettings.IdAttribute

/** The attributes that we ask for, and no others. */
export const personAttributes = (settings: LdapConfig): string[] => [
  ...new Set(
    [
      settings.IdAttribute,
      loginAttribute(settings),
      ...Object.values(attributesOf(settings)),
      ...DISABLING,
    ].filter((name) => name !== ''),
  ),
]

/** The first second of Active Directory's calendar, 1601, in milliseconds before ours. */
const AD_EPOCH_MS = 11_644_473_600_000
const DAY_MS = 86_400_000
const ACCOUNT_OFF = 2
/** OpenLDAP's word for "locked until an administrator says otherwise". */
const LOCKED_FOR_GOOD = '000001010000Z'

const isPast = (text: string, toMs: (value: number) => number, now: number): boolean => {
  const value = Number(text)
  return text !== '' && Number.isFinite(value) && value > 0 && toMs(value) < now
}

export const isDisabled = (entry: Entry, now: number): boolean =>
  (Number(entry.text('userAccountControl')) & ACCOUNT_OFF) !== 0 ||
  entry.text('nsAccountLock').toLowerCase() === 'true' ||
  entry.text('pwdAccountLockedTime') === LOCKED_FOR_GOOD ||
  // The largest number of AD means never; it lies in the far future.
  isPast(entry.text('accountExpires'), (value) => value / 10_000 - AD_EPOCH_MS, now) ||
  isPast(entry.text('shadowExpire'), (days) => days * DAY_MS, now)

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')

export const personOf = (settings: LdapConfig, entry: Entry, now: number): Person => {
  const attributes = attributesOf(settings)
  const field = (name: Field) => {
    const attribute = attributes[name]
    return attribute === '' ? '' : cut(entry.text(attribute), LONGEST[name])
  }
  return {
    id: idOf(entry, settings.IdAttribute),
    dn: entry.dn,
    username: field('username'),
    email: field('email').toLowerCase(),
    first_name: field('first_name'),
    last_name: field('last_name'),
    nickname: field('nickname'),
    position: field('position'),
    isDisabled: isDisabled(entry, now),
  }
}

/** An administrator's filter, or everything; throws if it is no filter. */
export const filterOf = async (text: string): Promise<Filter> => {
  const { FilterParser, PresenceFilter } = await ldap()
  return text.trim() === ''
    ? new PresenceFilter({ attribute: 'objectClass' })
    : FilterParser.parseString(text.trim())
}

/** All of the filters. */
export const allOf = async (...filters: readonly Filter[]): Promise<Filter> => {
  const { AndFilter } = await ldap()
  return new AndFilter({ filters: [...filters] })
}

/** Entries with exactly this value; it is sent as bytes, so nothing in it can be part of a filter. */
export const equals = async (attribute: string, value: string | Buffer): Promise<Filter> => {
  const { EqualityFilter } = await ldap()
  return new EqualityFilter({ attribute, value })
}

const binaryOf = (settings: LdapConfig): string[] => personAttributes(settings).filter(isBinary)

const PEOPLE = '(|(objectClass=person)(objectClass=posixAccount))'

/** Who counts as a person: UserFilter, or everybody who looks like one. */
export const peopleFilter = (LdapSettings: LdapConfig): Promise<Filter> =>
  filterOf(LdapSettings.UserFilter || PEOPLE)

/** The only person with this value; undefined if there is none, or more than one. */
const findOne = async (
  connection: Connection,
  LdapSettings: LdapConfig,
  attribute: string,
  value: string | Buffer,
): Promise<Entry | undefined> => {
  try {
    const { entries } = await connection.search({
      base: LdapSettings.BaseDN,
      filter: await allOf(await peopleFilter(LdapSettings), await equals(attribute, value)),
      attributes: personAttributes(LdapSettings),
      binary: binaryOf(LdapSettings),
      most: 2,
    })
    return entries.length === 1 ? entries[0] : undefined
  } catch (error) {
    if (isSizeLimit(error)) return undefined
    throw error
  }
}

export const findByLoginName = (connection: Connection, settings: LdapConfig, login: string) =>
  findOne(connection, settings, loginAttribute(settings), login.normalize('NFC'))

export const findById = (connection: Connection, settings: LdapConfig, id: string) =>
  findOne(connection, settings, settings.IdAttribute, idValue(settings.IdAttribute, id))

/** Does the entry match an administrator's filter? '' matches nobody. */
export const matches = async (connection: Connection, dn: string, filter: string): Promise<boolean> => {
  if (filter.trim() === '') return false
  const { entries } = await connection.search({
    base: dn,
    scope: 'base',
    filter: await filterOf(filter),
    attributes: ['1.1'],
  })
  return entries.length === 1
}
