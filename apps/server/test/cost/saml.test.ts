/**
 * Answers of a SAML provider that are expensive to read. Anybody can send one: whether it is signed is known
 * only afterwards.
 */
import { type Idp, makeIdp, type Place, place, unlimited, visitor } from '@plausch/testkit'
import { saml, settings } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filled, provenExcess } from './measure.ts'

const OWN = 'https://chat.lab.example/saml'

let at: Place
let idp: Idp
beforeAll(async () => {
  at = await place({ checksReplies: false, fixed: unlimited })
  idp = await makeIdp()
  await at.root.fetch(saml.setIdpCertificate.path, {
    method: 'POST',
    body: idp.certificate,
    headers: { 'content-type': 'application/x-pem-file' },
  })
  const SamlSettings = {
    Enable: true,
    Encrypt: false,
    IdpURL: idp.url,
    IdpDescriptorURL: idp.entityId,
    ServiceProviderIdentifier: OWN,
    IdAttribute: 'id',
    EmailAttribute: 'mail',
    UsernameAttribute: 'uid',
  }
  await at.root.call(settings.patch, { body: { SamlSettings } })
})
afterAll(() => at.stop())

/** In bytes, before base64: nearly as much as is read. */
const SIZE = 255 * 1024

const shapes: Record<string, (size: number) => string> = {
  'only beginnings': (size) => filled('<', size),
  'tags without an end': (size) => filled('<a ', size),
  'roots without an end': (size) => filled('<Response ', size),
  'names of encrypted assertions': (size) => filled('<EncryptedAssertion', size),
  'empty elements': (size) => inside(filled('<a/>', size)),
  'open elements': (size) => inside(filled('<a>', size)),
  'ends of nothing': (size) => inside(filled('</a ', size)),
  'open comments': (size) => inside(filled('<!--', size)),
  'open instructions': (size) => inside(filled('<?a ', size)),
  'unknown characters': (size) => inside(filled('&x;', size)),
  'known characters': (size) => inside(filled('&amp;', size - (size % 5))),
  'many attributes': (size) => inside(`<a ${filled('a="" ', size)}/>`),
}

const inside = (text: string) => {
  const names = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
  return `<samlp:Response ${names} InResponseTo="REQUEST">${text}</samlp:Response>`
}

it.each(Object.keys(shapes))('%s cost at most a turn', async (name) => {
  const attempt = async (share: number) => {
    const browser = visitor()
    const url = `${at.server.url}${saml.login.path}`
    const { id, state } = idp.requestIn(browser.nextOf(url, await browser.open(url)) ?? '')
    const xml = (shapes[name]?.(Math.floor(SIZE * share) - 200) ?? '').replace('REQUEST', id)
    const body = new URLSearchParams({
      SAMLResponse: Buffer.from(xml).toString('base64'),
      RelayState: state,
    })
    const response = await browser.open(url, { method: 'POST', body })
    expect(response.headers.get('location')).toContain('token_failed')
  }
  expect(await provenExcess(attempt)).toBeUndefined()
})
