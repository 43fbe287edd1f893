/** The services of OpenID Connect that the server knows, each with its section of settings. */

import { newPeople } from '../../../platform/console/NewPeople.tsx'
import type { Kind } from '../../../platform/console/settings-form.ts'

export const services = [
  { id: 'openid', section: 'OpenIdSettings', name: 'OpenID Connect', hasButton: true, usual: '' },
  { id: 'gitlab', section: 'GitLabSettings', name: 'GitLab', hasButton: true, usual: '' },
  {
    id: 'google',
    section: 'GoogleSettings',
    name: 'Google',
    hasButton: false,
    usual: 'https://accounts.google.com/.well-known/openid-configuration',
  },
  { id: 'office365', section: 'Office365Settings', name: 'Entra ID', hasButton: false, usual: '' },
] as const

export type Service = (typeof services)[number]
type OwnKey =
  | 'Enable'
  | 'DiscoveryEndpoint'
  | 'Id'
  | 'Secret'
  | 'Scope'
  | 'UsePreferredUsername'
  | 'ButtonText'
  | 'ButtonColor'

/** The name of a setting of a service. */
export type Own = `${Service['section']}.${OwnKey}`
export type Name = Own | keyof typeof newPeople

const kinds: readonly [OwnKey, Kind][] = [
  ['Enable', 'switch'],
  ['DiscoveryEndpoint', 'text'],
  ['Id', 'text'],
  ['Secret', 'secret'],
  ['Scope', 'text'],
  ['UsePreferredUsername', 'switch'],
]
const button: readonly [OwnKey, Kind][] = [
  ['ButtonText', 'text'],
  ['ButtonColor', 'text'],
]

export const kindsOf = ({ section, hasButton }: Service): Record<Name, Kind> =>
  ({
    ...Object.fromEntries(
      [...kinds, ...(hasButton ? button : [])].map(([key, kind]) => [`${section}.${key}`, kind]),
    ),
    ...newPeople,
  }) as Record<Name, Kind>

const WELL_KNOWN = '/.well-known/openid-configuration'

/** Administrators know the issuer or the address of its metadata; the server wants the second one. */
export const discoveryOf = (text: string): string => {
  const address = text.trim().replace(/\/+$/, '')
  return address === '' || address.endsWith(WELL_KNOWN) ? address : `${address}${WELL_KNOWN}`
}
