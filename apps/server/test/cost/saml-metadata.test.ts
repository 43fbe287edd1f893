/** Metadata of a SAML provider and certificates, which an administrator has read from elsewhere. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeIdp, type Place, place, refused, unlimited } from '@plausch/testkit'
import { saml, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filled, provenExcess } from './measure.ts'

let at: Place
let provider: Server
let metadata = ''
let address = ''
beforeAll(async () => {
  at = await place({ checksReplies: false, fixed: unlimited })
  provider = createServer((_request, response) => response.end(metadata))
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`
  await at.root.call(settings.patch, {
    body: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } },
  })
})
afterAll(async () => {
  provider.close()
  await at.stop()
})

const BEGIN = '-----BEGIN CERTIFICATE-----\n'

/** In bytes: nearly as much as is read. */
const SIZE = 255 * 1024

const ofProvider = (within: string): string =>
  `<EntityDescriptor entityID="e"><IDPSSODescriptor>${within}</IDPSSODescriptor></EntityDescriptor>`
const certified = (text: string): string =>
  ofProvider(`<KeyDescriptor><X509Certificate>${text}</X509Certificate></KeyDescriptor>`)

const shapes: Record<string, (size: number) => string> = {
  'beginnings of certificates': (size) => certified(filled(BEGIN, size)),
  'blanks for a certificate': (size) => certified(filled(' ', size)),
  'empty elements': (size) => ofProvider(filled('<a/>', size)),
  'keys without an end': (size) => ofProvider(filled('<KeyDescriptor>', size)),
  'ends of nothing': (size) => ofProvider(filled('</a>', size)),
  'open comments': (size) => ofProvider(filled('<!--', size)),
}

describe('metadata', () => {
  it.each(Object.keys(shapes))('%s cost at most a turn', async (name) => {
    const attempt = async (share: number) => {
      metadata = shapes[name]?.(Math.floor(SIZE * share) - 400) ?? ''
      await refused(
        'api.admin.saml.failure_get_metadata_from_idp.app_error',
        at.root.call(saml.metadataFromIdp, { body: { saml_metadata_url: address } }),
      )
    }
    expect(await provenExcess(attempt)).toBeUndefined()
  })

  it('are refused with more elements than a message has, also if they are complete', async () => {
    const idp = await makeIdp()
    const read = async (more: string) => {
      metadata = idp.metadata.replace('</md:EntityDescriptor>', `${more}</md:EntityDescriptor>`)
      return await at.root.call(saml.metadataFromIdp, { body: { saml_metadata_url: address } })
    }
    expect(await read('<!-- a comment -->')).toMatchObject({ idp_url: idp.url })
    const code = 'api.admin.saml.failure_get_metadata_from_idp.app_error'
    await refused(code, read('<a/>'.repeat(1100)))
    await refused(code, read(' '.repeat(256 * 1024)))
  })
})

it('a certificate of many beginnings costs at most a turn', async () => {
  const attempt = async (share: number) => {
    const response = await at.root.fetch(saml.setIdpCertificate.path, {
      method: 'POST',
      body: filled(BEGIN, Math.floor(99_000 * share)),
      headers: { 'content-type': 'application/x-pem-file' },
    })
    expect(response.status).toBe(400)
  }
  expect(await provenExcess(attempt)).toBeUndefined()
})
