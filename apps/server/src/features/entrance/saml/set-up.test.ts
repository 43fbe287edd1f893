/** Setting SAML up: files, metadata, and settings that are refused. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Idp, makeIdp, type Place, place, refused, visitor } from '@plausch/testkit'
import { saml, settings } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

const OWN = 'https://chat.lab.example/saml'

let at: Place
let idp: Idp
beforeAll(async () => {
  at = await place()
  idp = await makeIdp()
  await upload(saml.setIdpCertificate.path, idp.certificate)
  await config({
    SamlSettings: {
      Enable: true,
      Encrypt: false,
      IdpURL: idp.url,
      IdpDescriptorURL: idp.entityId,
      ServiceProviderIdentifier: OWN,
      IdAttribute: 'id',
      EmailAttribute: 'mail',
      UsernameAttribute: 'uid',
    },
  })
})
afterAll(() => at.stop())

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const upload = (path: string, text: string) =>
  at.root.fetch(path, { method: 'POST', body: text, headers: { 'content-type': 'application/x-pem-file' } })
const ownUrl = () => `${at.server.url}/login/sso/saml`

it('tells the provider who we are', async () => {
  const text = await (await fetch(`${at.server.url}/api/v4/saml/metadata`)).text()
  expect(text).toContain(`entityID="${OWN}"`)
  expect(text).toContain(ownUrl())
  expect(text).not.toContain('PRIVATE')
  expect(text).not.toContain('NameIDFormat')
  expect(text).not.toContain('KeyDescriptor')
})

it('tells it our keys where they are used, and says so if something is missing', async () => {
  const metadata = () => fetch(`${at.server.url}${saml.metadata.path}`)
  const { key, certificate } = await makeIdp()
  await at.root.call(saml.removeKey)
  await at.root.call(saml.removeCertificate)
  const off = { Enable: false, ServiceProviderIdentifier: '' }
  for (const SamlSettings of [off, { ServiceProviderIdentifier: OWN, Encrypt: true }]) {
    await config({ SamlSettings })
    const refusal = await metadata()
    expect(refusal.status).toBe(501)
    expect(await refusal.json()).toMatchObject({ id: 'api.admin.saml.not_available.app_error' })
  }
  await upload(saml.setKey.path, key)
  await upload(saml.setCertificate.path, certificate)
  await config({ SamlSettings: { Encrypt: true, SignRequest: true } })
  const text = await (await metadata()).text()
  expect(text).toContain('AuthnRequestsSigned="true"')
  for (const use of ['signing', 'encryption']) expect(text).toContain(`KeyDescriptor use="${use}"`)
  expect(text).not.toContain('PRIVATE')
  await config({ SamlSettings: { Enable: true, Encrypt: false, SignRequest: false } })
})

it('says which files are there, takes only what can be used, and switches off what needs them', async () => {
  const { key, certificate } = await makeIdp()
  expect((await upload(saml.setKey.path, certificate)).status).toBe(400)
  expect((await upload(saml.setCertificate.path, key)).status).toBe(400)
  const bare = idp.certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  expect((await upload(saml.setIdpCertificate.path, bare)).status).toBe(200)
  await upload(saml.setKey.path, key)
  expect(await at.root.call(saml.certificateStatus)).toMatchObject({
    idp_certificate_file: true,
    private_key_file: true,
  })
  expect(JSON.stringify(await at.root.call(settings.get))).not.toContain('PRIVATE KEY')
  await at.root.call(saml.removeKey)
  expect(await at.root.call(saml.certificateStatus)).toMatchObject({ private_key_file: false })
})

it('needs what protects people, and refuses not to check signatures', async () => {
  for (const [name, wrong] of [
    ['Verify', { Verify: false }],
    ['IdAttribute', { IdAttribute: '' }],
    ['IdpURL', { IdpURL: 'javascript:alert(1)' }],
    ['PrivateKeyFile', { Encrypt: true }],
  ] as const) {
    const fault = await refused('sso.setting_needed', config({ SamlSettings: wrong }))
    expect(fault.message).toContain(name)
  }
})

it('reads the metadata of a provider, but not at internal addresses', async () => {
  let metadata = idp.metadata.replace(
    '<md:IDPSSODescriptor',
    '<!-- <md:SingleSignOnService --><md:IDPSSODescriptor',
  )
  const server = createServer((_request, response) => response.end(metadata))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const read = () =>
    at.root.call(saml.metadataFromIdp, { body: { saml_metadata_url: `http://127.0.0.1:${port}/` } })
  await refused('api.admin.saml.failure_get_metadata_from_idp.app_error', read())
  await config({ ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } })
  expect(await read()).toEqual({
    idp_descriptor_url: idp.entityId,
    idp_url: idp.url,
    idp_public_certificate: expect.stringContaining('BEGIN CERTIFICATE'),
  })
  metadata = `<md:EntityDescriptor>${'<md:IDPSSODescriptor '.repeat(40_000)}`
  await refused('api.admin.saml.failure_get_metadata_from_idp.app_error', read())
  await config({ ServiceSettings: { AllowedUntrustedInternalConnections: '' } })
  server.close()
})

it('reads a provider’s metadata from a file, too', async () => {
  const read = (text: string, by = at.root) => by.call(saml.metadataInFile, { body: { metadata: text } })
  expect(await read(idp.metadata)).toEqual({
    idp_descriptor_url: idp.entityId,
    idp_url: idp.url,
    idp_public_certificate: expect.stringContaining('BEGIN CERTIFICATE'),
  })
  for (const text of ['nonsense', '<EntityDescriptor entityID="x"/>', '<!DOCTYPE a><EntityDescriptor/>'])
    await refused('api.admin.saml.failure_get_metadata_from_idp.app_error', read(text))
  await refused('api.context.permissions.app_error', read(idp.metadata, at.eve))
})

it('removing the provider’s certificate switches it off', async () => {
  await at.root.call(saml.removeIdpCertificate)
  const url = ownUrl()
  const browser = visitor()
  expect(browser.nextOf(url, await browser.open(url))).toContain('unsupported')
  // The name of a file is no file.
  const fault = await refused(
    'sso.setting_needed',
    config({ SamlSettings: { Enable: true, IdpCertificateFile: 'idp.crt' } }),
  )
  expect(fault.message).toContain('IdpCertificateFile')
  await upload(saml.setIdpCertificate.path, idp.certificate)
  await config({ SamlSettings: { Enable: true } })
})
