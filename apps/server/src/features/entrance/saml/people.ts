/** What we take of the attributes of a provider. */
import { createHash } from 'node:crypto'
import type { Settings } from '@plausch/wire'
import { Fault } from '../../../core/faults.ts'
import { ProviderRefusal } from '../../../core/openid.ts'
import type { Assertion } from '../../../core/saml.ts'
import { claimedIn, type Person } from '../sso/index.ts'
import { SERVICE } from './target.ts'

const MOST_ID = 128
const MOST_NAME = 64
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const ADDRESS = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

const cut = (text: string, most: number): string =>
  [...text.replaceAll(/\p{Cc}/gu, '').trim()].slice(0, most).join('')

/** The name by which the settings may ask for the name of the subject itself. */
const NAME_ID = 'NameID'

const valuesOf = (assertion: Assertion, name: string): readonly string[] => {
  if (name !== NAME_ID) return assertion.attributes.get(name) ?? []
  // It is another one at each sign-in.
  return assertion.nameIdFormat === TRANSIENT || assertion.nameId === '' ? [] : [assertion.nameId]
}

/**
 * The id must be one, and only one: otherwise the account could be anybody's. An address is none, because it
 * may pass to another person.
 */
const idOf = (assertion: Assertion, name: string): string => {
  if (name === NAME_ID && assertion.nameIdFormat === ADDRESS) throw new Fault('sso.address_is_no_id')
  const values = valuesOf(assertion, name)
  const [id = ''] = values
  if (values.length !== 1 || id.trim() === '' || /\p{Cc}/u.test(id))
    throw new ProviderRefusal(`the attribute ${name} is no single id`)
  return id.length <= MOST_ID ? id : `sha256:${createHash('sha256').update(id).digest('base64url')}`
}

/** `name=value`, as the settings say who is a guest; '' is nobody. */
const matches = (assertion: Assertion, rule: string): boolean => {
  const at = rule.indexOf('=')
  if (at < 1) return false
  return valuesOf(assertion, rule.slice(0, at)).includes(rule.slice(at + 1))
}

/** An attribute in which nothing can be read says nothing. */
const groupValues = (assertion: Assertion, name: string): readonly string[] | undefined => {
  const values = assertion.attributes.get(name) ?? []
  return name === '' || values.length === 0 ? undefined : values
}

export const personOf = ({ SamlSettings, PlauschSettings }: Settings, assertion: Assertion): Person => {
  const first = (name: string, most: number) =>
    name === '' ? '' : cut(valuesOf(assertion, name)[0] ?? '', most)
  const email = first(SamlSettings.EmailAttribute, 256).toLowerCase()
  if (email === '') throw new Fault('sso.no_address')
  return {
    service: SERVICE,
    id: idOf(assertion, SamlSettings.IdAttribute),
    username: first(SamlSettings.UsernameAttribute, 256).split('@')[0] ?? '',
    email,
    // Providers of organisations vouch for the addresses of their people.
    isEmailVerified: true,
    first_name: first(SamlSettings.FirstNameAttribute, MOST_NAME),
    last_name: first(SamlSettings.LastNameAttribute, MOST_NAME),
    locale: first(SamlSettings.LocaleAttribute, 16),
    signedInAt: assertion.signedInAt,
    claimed: claimedIn(groupValues(assertion, PlauschSettings.SamlGroupsAttribute)),
    isGuest: matches(assertion, SamlSettings.GuestAttribute),
  }
}
