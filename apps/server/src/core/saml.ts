/**
 * An identity provider that speaks SAML 2: the address where people sign in, and what its answer says. The
 * only user of `@node-saml/node-saml`, which checks signatures, times and audience. What it does not check is
 * checked here: who made the assertion, for which address, and for which request.
 */
import { X509Certificate } from 'node:crypto'
import type { SamlConfig } from '@node-saml/node-saml'
import { ProviderRefusal } from './openid.ts'
import { ownTurn } from './own-turn.ts'
import { checkMessage, endOf, limitedTags, MalformedXml, type Tag } from './xml.ts'

/** The library is loaded when somebody first signs in by it. */
const library = () => import('@node-saml/node-saml')

export type IdpTarget = {
  /** The provider's name for itself, the address where people sign in, and its certificate as PEM. */
  idpId: string
  idpUrl: string
  idpCertificate: string
  /** Our name for ourselves, and the address where answers come. */
  ownId: string
  ownUrl: string
  /** Our key and certificate as PEM; '' for none. */
  key: string
  certificate: string
  /** Requests are signed with this hash; '' for none. */
  signsWith: 'sha1' | 'sha256' | 'sha512' | ''
  /** Answers must be encrypted for our key. */
  isEncrypted: boolean
}

/** Clocks of two machines differ. */
const CLOCKS_MS = 30_000
/** As long as a sign-in may take. */
const LASTS_MS = 10 * 60_000

/** The request for which an answer must be. */
const onlyFor = (requestId: string): SamlConfig['cacheProvider'] => ({
  saveAsync: async (_key, value) => ({ value, createdAt: Date.now() }),
  getAsync: async (key) => (key === requestId ? new Date().toISOString() : null),
  removeAsync: async (key) => key,
})

const optionsOf = (target: IdpTarget, requestId: string): SamlConfig =>
  ({
    idpCert: target.idpCertificate,
    entryPoint: target.idpUrl,
    issuer: target.ownId,
    audience: target.ownId,
    callbackUrl: target.ownUrl,
    wantAssertionsSigned: true,
    // Some providers sign the assertion only; what is taken is taken from it.
    wantAuthnResponseSigned: false,
    identifierFormat: null,
    // How people prove who they are is the provider's matter.
    disableRequestedAuthnContext: true,
    acceptedClockSkewMs: CLOCKS_MS,
    validateInResponseTo: 'always' as SamlConfig['validateInResponseTo'],
    requestIdExpirationPeriodMs: LASTS_MS,
    generateUniqueId: () => requestId,
    cacheProvider: onlyFor(requestId),
    ...(target.signsWith === ''
      ? {}
      : {
          privateKey: target.key,
          signatureAlgorithm: target.signsWith,
          digestAlgorithm: target.signsWith,
        }),
    ...(target.isEncrypted ? { decryptionPvk: target.key } : {}),
  }) as SamlConfig

/**
 * The address where the person signs in. `requestId` must be a name in XML: it begins with a letter. `isProof`:
 * the provider asks the person anew who they are.
 */
export const requestAt = async (
  target: IdpTarget,
  { state, requestId, isProof }: { state: string; requestId: string; isProof: boolean },
): Promise<string> => {
  const { SAML } = await library()
  const options = { ...optionsOf(target, requestId), forceAuthn: isProof }
  return await new SAML(options).getAuthorizeUrlAsync(state, undefined, {})
}

/** What an answer says about a person; attributes have one or several values. */
export type Assertion = {
  nameId: string
  nameIdFormat: string
  /** When the person proved to the provider who they are, in milliseconds; 0 if it does not say. */
  signedInAt: number
  attributes: ReadonlyMap<string, readonly string[]>
}

type Parsed = { $?: Record<string, string>; [name: string]: unknown }
const listIn = (node: Parsed | undefined, name: string): Parsed[] => {
  const found = node?.[name]
  return Array.isArray(found) ? (found as Parsed[]) : []
}

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/**
 * The signed assertion must itself say that it is for this address and this request: the response around it
 * may be unsigned, and somebody may have wrapped an assertion that was made for another server.
 */
const isForUs = (assertion: Parsed | undefined, target: IdpTarget, requestId: string, now: number): boolean =>
  listIn(listIn(assertion, 'Subject')[0], 'SubjectConfirmation').some((confirmation) => {
    const data = listIn(confirmation, 'SubjectConfirmationData')[0]?.$
    return (
      confirmation.$?.Method === BEARER &&
      data?.Recipient === target.ownUrl &&
      data.InResponseTo === requestId &&
      Date.parse(data.NotOnOrAfter ?? '') > now - CLOCKS_MS
    )
  })

/** The longest answer, in bytes; metadata are as short. */
export const MOST_ANSWER = 256 * 1024

/** The length of an answer in base64, in bytes. */
export const lengthOf = (answer: string): number => Buffer.byteLength(answer, 'base64')

/** Measures an answer before the library reads it, and returns its first tag. */
const measured = (xml: string): Tag => {
  try {
    return checkMessage(xml)
  } catch (error) {
    if (error instanceof MalformedXml) throw new ProviderRefusal(`the answer: ${error.message}`)
    throw error
  }
}

const checkDestination = ({ attributes }: Tag, target: IdpTarget): void => {
  const to = attributes.get('Destination')
  if (to !== undefined && to !== target.ownUrl) throw new ProviderRefusal(`the answer is for ${to}`)
}

/**
 * Everybody has the key for which answers are encrypted, so what was encrypted is measured as well. The
 * library decrypts it once more, which costs little.
 */
const measureEncrypted = async (xml: string, key: string): Promise<void> => {
  const { decryptXml, parseDomFromString, xpath } = await import('@node-saml/node-saml/lib/xml.js')
  const encrypted = xpath.selectElements(
    await parseDomFromString(xml),
    "//*[local-name()='EncryptedAssertion']",
  )
  const [one] = encrypted
  if (!one || encrypted.length > 1) throw new ProviderRefusal('the answer has not one encrypted assertion')
  measured(await decryptXml(one.toString(), key))
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')

/**
 * The person behind an answer in base64. Throws `ProviderRefusal` for everything that cannot be trusted. What
 * is read here may come from anybody, so nothing of it is read before it is measured. The caller has checked
 * its length.
 */
export const answerOf = async (target: IdpTarget, answer: string, requestId: string): Promise<Assertion> => {
  await ownTurn()
  const xml = Buffer.from(answer, 'base64').toString('utf8')
  checkDestination(measured(xml), target)
  const { SAML, SamlStatusError } = await library()
  const read = async () => {
    try {
      if (target.isEncrypted) await measureEncrypted(xml, target.key)
      const saml = new SAML(optionsOf(target, requestId))
      return (await saml.validatePostResponseAsync({ SAMLResponse: answer })).profile
    } catch (error) {
      if (error instanceof ProviderRefusal) throw error
      const isDenial = error instanceof SamlStatusError
      throw new ProviderRefusal((error as Error).message, isDenial ? 'access_denied' : '')
    }
  }
  const profile = await read()
  if (!profile) throw new ProviderRefusal('the answer has no person')
  // The library compares it at signing out only.
  if (profile.issuer !== target.idpId) throw new ProviderRefusal(`the assertion is of ${profile.issuer}`)
  const { Assertion } = (profile.getAssertion?.() ?? {}) as { Assertion?: Parsed }
  if (!isForUs(Assertion, target, requestId, Date.now()))
    throw new ProviderRefusal('the assertion is not for this address or this request')
  const { attributes } = profile as { attributes?: Record<string, unknown> }
  return {
    nameId: profile.nameID ?? '',
    nameIdFormat: profile.nameIDFormat ?? '',
    signedInAt: Date.parse(listIn(Assertion, 'AuthnStatement')[0]?.$?.AuthnInstant ?? '') || 0,
    attributes: new Map(Object.entries(attributes ?? {}).map(([name, value]) => [name, textsOf(value)])),
  }
}

/** What the provider's administrators need: who we are, and where answers go. Asks for no form of names. */
export const metadataOf = async (target: IdpTarget): Promise<string> => {
  const { generateServiceProviderMetadata } = await library()
  return generateServiceProviderMetadata({
    issuer: target.ownId,
    callbackUrl: target.ownUrl,
    identifierFormat: null,
    wantAssertionsSigned: true,
    ...(target.certificate === '' || target.signsWith === ''
      ? {}
      : { publicCerts: target.certificate, privateKey: target.key, signatureAlgorithm: target.signsWith }),
    ...(target.isEncrypted ? { decryptionPvk: target.key, decryptionCert: target.certificate } : {}),
  })
}

const [BEGIN, END] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----']

/** The first certificate of a text. A pattern would look for the end anew from each beginning. */
const pemIn = (text: string): string | undefined => {
  const from = text.indexOf(BEGIN)
  const to = from === -1 ? -1 : text.indexOf(END, from)
  return to === -1 ? undefined : text.slice(from, to + END.length)
}

/** A certificate as PEM, of PEM or of bare base64; throws if it is none. */
export const certificateIn = (text: string): string => {
  const pem = pemIn(text)
  const bytes = Buffer.from(text.replaceAll(/\s+/g, ''), 'base64')
  return new X509Certificate(pem ?? bytes).toString()
}

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/** The text of the first element of this name between two places. */
const textBetween = (xml: string, tags: readonly Tag[], name: string): string => {
  const tag = tags.find((each) => each.name === name && each.kind === 'start')
  const end = tag && endOf(tags, tag)
  return tag && end ? xml.slice(tag.to, end.from) : ''
}

/**
 * What the metadata of a provider say: its name, the address for redirects, and the certificate for
 * signatures, as PEM; '' for what is missing. Only for an administrator to look at, and to save. The caller has
 * checked the length.
 */
export const idpIn = async (xml: string): Promise<{ idpId: string; idpUrl: string; certificate: string }> => {
  await ownTurn()
  const tags = [...limitedTags(xml)]
  const start = (name: string) => tags.find((tag) => tag.name === name && tag.kind !== 'end')
  const within = (tag: Tag): Tag[] => {
    const to = endOf(tags, tag)?.from ?? xml.length
    return tags.filter(({ from }) => from > tag.from && from <= to)
  }
  const role = start('IDPSSODescriptor')
  const ofRole = role ? within(role) : []
  const service = ofRole.find(
    ({ name, attributes }) => name === 'SingleSignOnService' && attributes.get('Binding') === REDIRECT,
  )
  const key = ofRole.find(
    ({ name, kind, attributes }) =>
      name === 'KeyDescriptor' && kind === 'start' && attributes.get('use') !== 'encryption',
  )
  const bare = key ? textBetween(xml, within(key), 'X509Certificate').trim() : ''
  return {
    idpId: start('EntityDescriptor')?.attributes.get('entityID') ?? '',
    idpUrl: service?.attributes.get('Location') ?? '',
    certificate: bare === '' ? '' : certificateIn(bare),
  }
}
