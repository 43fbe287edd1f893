/** Signing in by an identity provider that speaks SAML 2. */
import { Type } from 'typebox'
import { flag, text } from '../input.ts'
import { del, get, operations, ours, post, rooted, Upload } from '../operation.ts'
import { Ok, Text } from '../records.ts'

const file = { body: Upload, reply: Ok }

/** What of a provider's metadata the settings take. */
const IdpMetadata = Type.Object({
  idp_descriptor_url: Type.String(),
  idp_url: Type.String(),
  idp_public_certificate: Type.String(),
})

export const saml = operations('saml', {
  /**
   * `action` is `mobile` for the mobile app, whose address is `redirect_to` then. With `prove`, which v4 does
   * not have, the provider asks people anew who they are.
   */
  login: rooted.get('/login/sso/saml', {
    query: {
      redirect_to: text(1024),
      action: text(32),
      desktop_token: text(80),
      t: text(128),
      id: text(26),
      prove: flag,
      state: text(512),
      code_challenge: text(128),
      code_challenge_method: text(16),
    },
    type: 'text/html',
    signsIn: true,
  }),
  /**
   * A form of the provider's page brings the answer: `SAMLResponse` and `RelayState`. It comes from another
   * site; the answer itself proves that it was asked for in this browser.
   */
  complete: rooted.post('/login/sso/saml', {
    body: Upload,
    csrfFree: true,
    signsIn: true,
    type: 'text/html',
  }),
  metadata: get('/saml/metadata', { type: 'application/xml' }),
  metadataFromIdp: post('/saml/metadatafromidp', {
    body: Type.Object({ saml_metadata_url: Text(1024, 1) }),
    reply: IdpMetadata,
  }),
  /** The same for metadata that an administrator has as a file: many providers are in no public network. */
  metadataInFile: ours.post('/saml/idp_metadata', {
    body: Type.Object({ metadata: Text(1_000_000, 1) }),
    maxBody: 2_000_000,
    reply: IdpMetadata,
  }),
  certificateStatus: get('/saml/certificate/status', {
    reply: Type.Object({
      idp_certificate_file: Type.Boolean(),
      private_key_file: Type.Boolean(),
      public_certificate_file: Type.Boolean(),
    }),
  }),
  setCertificate: post('/saml/certificate/public', file),
  removeCertificate: del('/saml/certificate/public', { reply: Ok }),
  setKey: post('/saml/certificate/private', file),
  removeKey: del('/saml/certificate/private', { reply: Ok }),
  /** A form, or the certificate itself with the type `application/x-pem-file`. */
  setIdpCertificate: post('/saml/certificate/idp', file),
  removeIdpCertificate: del('/saml/certificate/idp', { reply: Ok }),
})
