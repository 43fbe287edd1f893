/** The settings of SAML in a form, and what is missing for it to work. */
import type { TextId } from '../../../i18n/text.ts'
import { newPeople } from '../../../platform/console/NewPeople.tsx'
import { isWebAddress, type Kind, type SettingsForm } from '../../../platform/console/settings-form.ts'

export const SECTION = 'SamlSettings'

export const attributes = [
  'IdAttribute',
  'EmailAttribute',
  'UsernameAttribute',
  'FirstNameAttribute',
  'LastNameAttribute',
  'LocaleAttribute',
] as const
export type Attribute = (typeof attributes)[number]

const texts = [
  'IdpURL',
  'IdpDescriptorURL',
  'ServiceProviderIdentifier',
  'AssertionConsumerServiceURL',
  'SignatureAlgorithm',
  'GuestAttribute',
  'LoginButtonText',
  ...attributes,
] as const
const switches = ['Enable', 'Verify', 'Encrypt', 'SignRequest'] as const

type Key = (typeof texts)[number] | (typeof switches)[number]
export type Name = `${typeof SECTION}.${Key}` | keyof typeof newPeople

export const kinds = {
  ...Object.fromEntries(texts.map((key) => [`${SECTION}.${key}`, 'text'])),
  ...Object.fromEntries(switches.map((key) => [`${SECTION}.${key}`, 'switch'])),
  ...newPeople,
} as Record<Name, Kind>

/** Which files there are. */
export type Files = {
  idp_certificate_file: boolean
  private_key_file: boolean
  public_certificate_file: boolean
}

/** What is missing in what the form says now; in the order of the page. */
export const missingIn = (
  { textOf, isOn }: Pick<SettingsForm<Name>, 'textOf' | 'isOn'>,
  files: Files,
  site: string,
): TextId[] => {
  const has = (key: (typeof texts)[number]): boolean => textOf(`${SECTION}.${key}`) !== ''
  const encrypts = isOn(`${SECTION}.Encrypt`)
  const needsKey = encrypts || isOn(`${SECTION}.SignRequest`)
  const wanted: [isThere: boolean, text: TextId][] = [
    [site.startsWith('https://'), 'saml.missing.https'],
    [has('ServiceProviderIdentifier'), 'saml.missing.ownId'],
    [isWebAddress(textOf(`${SECTION}.IdpURL`)), 'saml.missing.url'],
    [has('IdpDescriptorURL'), 'saml.missing.idpId'],
    [files.idp_certificate_file, 'saml.missing.idpCertificate'],
    [isOn(`${SECTION}.Verify`), 'saml.missing.verify'],
    [!encrypts || files.public_certificate_file, 'saml.missing.certificate'],
    [!needsKey || files.private_key_file, 'saml.missing.key'],
    [has('IdAttribute'), 'saml.missing.id'],
    [has('EmailAttribute'), 'saml.missing.email'],
    [has('UsernameAttribute'), 'saml.missing.username'],
  ]
  return wanted.flatMap(([isThere, text]) => (isThere ? [] : [text]))
}

/** What is usual at each kind of provider. */
export const usual: readonly { name: string; values: Partial<Record<Attribute, string>> }[] = [
  {
    name: 'Shibboleth, eduGAIN',
    values: {
      IdAttribute: 'urn:oasis:names:tc:SAML:attribute:subject-id',
      EmailAttribute: 'urn:oid:0.9.2342.19200300.100.1.3',
      UsernameAttribute: 'urn:oid:0.9.2342.19200300.100.1.1',
      FirstNameAttribute: 'urn:oid:2.5.4.42',
      LastNameAttribute: 'urn:oid:2.5.4.4',
      LocaleAttribute: 'urn:oid:2.16.840.1.113730.3.1.39',
    },
  },
  {
    name: 'Entra ID',
    values: {
      IdAttribute: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
      EmailAttribute: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      UsernameAttribute: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
      FirstNameAttribute: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
      LastNameAttribute: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
    },
  },
]
