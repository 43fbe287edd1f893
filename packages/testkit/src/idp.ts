/**
 * An identity provider that speaks SAML 2, for one test file: it signs what a test wants, also what it should
 * not. Nobody signs in there; a test takes the request from the address and sends the answer.
 */
import { execFile } from 'node:child_process'
import {
  constants,
  createCipheriv,
  createHash,
  createSign,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const NAMES = 'urn:oasis:names:tc:SAML:2.0:'

const ENTITY = 'https://idp.lab.example/metadata'
const URL_OF_SIGN_IN = 'https://idp.lab.example/sso'
const bare = (pem: string): string => pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')

/** The parts of an answer. Each may be a lie. */
export type SamlAnswer = {
  /** The request that is answered. */
  inResponseTo: string
  /** The address for which it is made, in the response and in the assertion. */
  destination: string
  recipient: string
  audience: string
  issuer: string
  attributes: Record<string, string | readonly string[]>
  nameId?: string
  /** The request that the assertion names; '' for none. */
  subjectInResponseTo?: string
  /** How long it is valid, in milliseconds from now; less than 0 has expired. */
  lastsMs?: number
  method?: string
  signs?: 'assertion' | 'nothing' | 'by another key'
  /** Encrypts the signed assertion for the key of this certificate; `inside` changes the text before. */
  encryptsFor?: string
  inside?: (assertion: string) => string
  nameIdFormat?: string
  /** When the person signed in there, in milliseconds before now; 0 by default. */
  signedInAgoMs?: number
  /** Changes the text after it was signed. */
  change?: (xml: string) => string
  /** A failure instead of a person. */
  status?: string
}

export type Idp = {
  /** As PEM. */
  certificate: string
  /** Its key, which no real provider shows. */
  key: string
  entityId: string
  url: string
  /** The metadata of the provider. */
  metadata: string
  /** The request in an address to which our server sent somebody. */
  requestIn(url: string): { id: string; xml: string; state: string }
  /** The answer in base64. */
  answer(parts: SamlAnswer): string
}

type Pair = { key: string; certificate: string }

const makePair = async (): Promise<Pair> => {
  const args = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    '-',
    '-days',
    '3650',
    '-subj',
    '/CN=idp',
  ]
  const { stdout } = await promisify(execFile)('openssl', args)
  const part = (name: string) =>
    new RegExp(`-----BEGIN ${name}-----[\\s\\S]+?-----END ${name}-----`).exec(stdout)?.[0] ?? ''
  return { key: part('PRIVATE KEY'), certificate: part('CERTIFICATE') }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The assertion in the canonical form of XML, so that its bytes are what is signed. */
const assertionOf = (parts: SamlAnswer, id: string): { before: string; after: string } => {
  const { lastsMs = 300_000, method = `${NAMES}cm:bearer`, nameId = 'somebody' } = parts
  const [now, end] = [Math.min(0, lastsMs * 2), lastsMs].map((ms) => new Date(Date.now() + ms).toISOString())
  const { subjectInResponseTo: inResponseTo = parts.inResponseTo } = parts
  const about = inResponseTo === '' ? '' : ` InResponseTo="${inResponseTo}"`
  const attributes = Object.entries(parts.attributes).map(([name, value]) => {
    const values = typeof value === 'string' ? [value] : value
    const each = values.map((text) => `<saml:AttributeValue>${escaped(text)}</saml:AttributeValue>`)
    return `<saml:Attribute Name="${name}">${each.join('')}</saml:Attribute>`
  })
  const { nameIdFormat = `${NAMES}nameid-format:persistent`, signedInAgoMs = 0 } = parts
  const signedIn = new Date(Date.now() - signedInAgoMs).toISOString()
  const { recipient, audience } = parts
  return {
    before: [
      `<saml:Assertion xmlns:saml="${NAMES}assertion" ID="${id}" IssueInstant="${now}" Version="2.0">`,
      `<saml:Issuer>${parts.issuer}</saml:Issuer>`,
    ].join(''),
    after: [
      `<saml:Subject><saml:NameID Format="${nameIdFormat}">${escaped(nameId)}</saml:NameID>`,
      `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData${about}`,
      ` NotOnOrAfter="${end}" Recipient="${escaped(recipient)}"></saml:SubjectConfirmationData>`,
      `</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${now}" NotOnOrAfter="${end}">`,
      `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction>`,
      `</saml:Conditions><saml:AuthnStatement AuthnInstant="${signedIn}"><saml:AuthnContext>`,
      `<saml:AuthnContextClassRef>${NAMES}ac:classes:Password</saml:AuthnContextClassRef>`,
      '</saml:AuthnContext></saml:AuthnStatement>',
      `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`,
    ].join(''),
  }
}

const signatureOf = (canonical: string, id: string, key: string): string => {
  const digest = createHash('sha256').update(canonical).digest('base64')
  const inside = [
    `<ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod>`,
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256">',
    `</ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms>`,
    `<ds:Transform Algorithm="${DSIG}enveloped-signature"></ds:Transform>`,
    `<ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms>`,
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>',
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`,
  ].join('')
  const value = createSign('RSA-SHA256')
    .update(`<ds:SignedInfo xmlns:ds="${DSIG}">${inside}</ds:SignedInfo>`)
    .sign(key, 'base64')
  return [
    `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>${inside}</ds:SignedInfo>`,
    `<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`,
  ].join('')
}

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'

/** As providers do it: a key for this answer encrypts the assertion, and the receiver's key encrypts it. */
const encrypted = (assertion: string, certificate: string): string => {
  const [key, iv] = [randomBytes(32), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = Buffer.concat([iv, cipher.update(assertion), cipher.final(), cipher.getAuthTag()])
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const wrapped = publicEncrypt({ key: new X509Certificate(certificate).publicKey, padding }, key)
  const value = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  return [
    `<saml:EncryptedAssertion xmlns:saml="${NAMES}assertion">`,
    `<xenc:EncryptedData xmlns:xenc="${XMLENC}" Type="${XMLENC}Element">`,
    '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>',
    `<ds:KeyInfo xmlns:ds="${DSIG}"><xenc:EncryptedKey>`,
    `<xenc:EncryptionMethod Algorithm="${XMLENC}rsa-oaep-mgf1p">`,
    `<ds:DigestMethod Algorithm="${DSIG}sha1"/></xenc:EncryptionMethod>${value(wrapped)}`,
    `</xenc:EncryptedKey></ds:KeyInfo>${value(text)}</xenc:EncryptedData></saml:EncryptedAssertion>`,
  ].join('')
}

export const makeIdp = async (): Promise<Idp> => {
  const [own, another] = await Promise.all([makePair(), makePair()])
  return {
    ...own,
    entityId: ENTITY,
    url: URL_OF_SIGN_IN,
    metadata: [
      `<md:EntityDescriptor xmlns:md="${NAMES}metadata" entityID="${ENTITY}">`,
      `<md:IDPSSODescriptor protocolSupportEnumeration="${NAMES}protocol"><md:KeyDescriptor use="signing">`,
      `<ds:KeyInfo xmlns:ds="${DSIG}"><ds:X509Data><ds:X509Certificate>${bare(own.certificate)}`,
      '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService ',
      `Binding="${NAMES}bindings:HTTP-POST" Location="https://idp.lab.example/post"/>`,
      `<md:SingleSignOnService Binding="${NAMES}bindings:HTTP-Redirect" Location="${URL_OF_SIGN_IN}"/>`,
      '</md:IDPSSODescriptor></md:EntityDescriptor>',
    ].join(''),
    requestIn(url) {
      const { searchParams } = new URL(url)
      const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString(
        'utf8',
      )
      return { id: /\bID="([^"]+)"/.exec(xml)?.[1] ?? '', xml, state: searchParams.get('RelayState') ?? '' }
    },
    answer(parts) {
      const { signs = 'assertion', change = (xml) => xml, status = 'Success' } = parts
      const [id, responseId] = [`_${randomBytes(16).toString('hex')}`, `_${randomBytes(16).toString('hex')}`]
      const { before, after } = assertionOf(parts, id)
      const { key } = signs === 'by another key' ? another : own
      const signature = signs === 'nothing' ? '' : signatureOf(before + after, id, key)
      const { encryptsFor = '', inside = (text) => text } = parts
      const open = status === 'Success' ? inside(before + signature + after) : ''
      const assertion = encryptsFor === '' ? open : encrypted(open, encryptsFor)
      const xml = [
        `<samlp:Response xmlns:samlp="${NAMES}protocol" Destination="${escaped(parts.destination)}"`,
        ` ID="${responseId}" InResponseTo="${parts.inResponseTo}" IssueInstant="${new Date().toISOString()}"`,
        ` Version="2.0"><saml:Issuer xmlns:saml="${NAMES}assertion">${parts.issuer}</saml:Issuer>`,
        `<samlp:Status><samlp:StatusCode Value="${NAMES}status:${status}"></samlp:StatusCode></samlp:Status>`,
        `${assertion}</samlp:Response>`,
      ].join('')
      return Buffer.from(change(xml)).toString('base64')
    },
  }
}
