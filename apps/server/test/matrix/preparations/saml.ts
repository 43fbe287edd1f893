import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formWith, type Idp, makeIdp, visitor } from '@plausch/testkit'
import { saml, settings } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

const ID = 'subject-id'
const OWN = 'https://chat.lab.example/saml'

type Provider = { idp: Idp; url: string; server: Server }

/** The provider of all actors of a case, while at least one needs it. */
let shared: { provider: Promise<Provider>; users: number } | undefined

const listening = (idp: Idp): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((_request, response) => response.end(idp.metadata))
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

const open = async ({ scene: { owner } }: Draft): Promise<Provider> => {
  const idp = await makeIdp()
  const server = await listening(idp)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await owner.fetch(saml.setIdpCertificate.path, {
    method: 'POST',
    body: formWith('certificate', 'idp.pem', Buffer.from(idp.certificate)),
  })
  const SamlSettings = {
    Enable: true,
    Encrypt: false,
    IdpURL: url,
    IdpDescriptorURL: idp.entityId,
    ServiceProviderIdentifier: OWN,
    IdAttribute: ID,
    EmailAttribute: 'mail',
    UsernameAttribute: 'uid',
  }
  const ServiceSettings = { AllowedUntrustedInternalConnections: '127.0.0.1' }
  await owner.call(settings.patch, { body: { SamlSettings, ServiceSettings } })
  return { idp, url, server }
}

const withProvider = async (draft: Draft): Promise<Provider> => {
  shared ??= { provider: open(draft), users: 0 }
  const own = shared
  own.users += 1
  const provider = await own.provider
  draft.after = async () => {
    own.users -= 1
    if (own.users > 0) return
    shared = undefined
    const body = {
      SamlSettings: { Enable: false },
      ServiceSettings: { AllowedUntrustedInternalConnections: '' },
    }
    await draft.scene.owner.call(settings.patch, { body })
    provider.server.close()
    provider.server.closeAllConnections()
  }
  return provider
}

const prepared = async (draft: Draft): Promise<void> => {
  await withProvider(draft)
}

const withFile = (part: 'certificate' | 'key') => async (draft: Draft) => {
  const { idp } = await withProvider(draft)
  draft.body = formWith('certificate', `${part}.pem`, Buffer.from(idp[part]))
}

export const samlPreparations: Preparations = {
  'saml.login': prepared,
  'saml.metadata': prepared,
  'saml.complete': async (draft) => {
    const { idp } = await withProvider(draft)
    const browser = visitor()
    const ownUrl = `${draft.scene.at.server.url}${saml.complete.path}`
    const url = `${ownUrl}?action=mobile&redirect_to=${encodeURIComponent('mmauth://callback')}`
    const { id, state } = idp.requestIn(browser.nextOf(url, await browser.open(url)) ?? '')
    const SAMLResponse = idp.answer({
      inResponseTo: id,
      destination: ownUrl,
      recipient: ownUrl,
      audience: OWN,
      issuer: idp.entityId,
      attributes: { [ID]: 'matrix', mail: 'matrix@lab.example', uid: 'matrix' },
    })
    draft.body = new URLSearchParams({ SAMLResponse, RelayState: state })
    draft.cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  },
  'saml.metadataFromIdp': async (draft) => {
    const { url } = await withProvider(draft)
    draft.body = { saml_metadata_url: url }
  },
  'saml.metadataInFile': async (draft) => {
    const { idp } = await withProvider(draft)
    draft.body = { metadata: idp.metadata }
  },
  'saml.setCertificate': withFile('certificate'),
  'saml.setIdpCertificate': withFile('certificate'),
  'saml.setKey': withFile('key'),
}
