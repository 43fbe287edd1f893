/** The provider that the settings name. */
import type { Settings } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { IdpTarget } from '../../../core/saml.ts'
import type { Server } from '../../../core/server.ts'
import { siteOf } from '../sso/index.ts'
import { type Files, findFiles } from './store.ts'

export const SERVICE = 'saml'

type SamlConfig = Settings['SamlSettings']

const required = [
  'IdpURL',
  'IdpDescriptorURL',
  'ServiceProviderIdentifier',
  'IdpCertificateFile',
  'IdAttribute',
  'EmailAttribute',
  'UsernameAttribute',
] as const

/** The first setting without which nobody could sign in safely; undefined if nothing is missing. */
export const missingIn = (SamlSettings: SamlConfig): string | undefined => {
  const isWeb = /^https?:$/.test(URL.parse(SamlSettings.IdpURL)?.protocol ?? '')
  if (!isWeb) return 'IdpURL'
  // An answer that is not signed could be anybody's.
  if (!SamlSettings.Verify) return 'Verify'
  const needsKey = SamlSettings.Encrypt || SamlSettings.SignRequest
  if (needsKey && SamlSettings.PrivateKeyFile === '') return 'PrivateKeyFile'
  if (SamlSettings.Encrypt && SamlSettings.PublicCertificateFile === '') return 'PublicCertificateFile'
  return required.find((key) => SamlSettings[key].trim() === '')
}

/** The first file without which nobody could sign in, by the setting that names it; undefined if all are there. */
export const missingAmong = (files: Files, { Encrypt, SignRequest }: SamlConfig): string | undefined => {
  if (files.idp === '') return 'IdpCertificateFile'
  if ((Encrypt || SignRequest) && files.key === '') return 'PrivateKeyFile'
  return Encrypt && files.certificate === '' ? 'PublicCertificateFile' : undefined
}

export const isOn = (server: Server): boolean => {
  const { SamlSettings } = server.settings()
  return SamlSettings.Enable && missingIn(SamlSettings) === undefined
}

const hashes = { RSAwithSHA1: 'sha1', RSAwithSHA256: 'sha256', RSAwithSHA512: 'sha512' } as const

const hashOf = (name: string): IdpTarget['signsWith'] => hashes[name as keyof typeof hashes] ?? 'sha256'

/** Throws if people cannot sign in by it now. */
export const targetOf = async (context: Context): Promise<IdpTarget> => {
  if (!isOn(context.server)) throw new Fault('api.user.authorize_oauth_user.unsupported.app_error')
  const target = await describedTarget(context)
  // The environment may have switched it on.
  if (target.idpCertificate === '') throw new Fault('api.user.authorize_oauth_user.unsupported.app_error')
  return target
}

/** The same also while it is switched off, for the metadata that a provider needs before. */
export const describedTarget = async (context: Context): Promise<IdpTarget> => {
  const { SamlSettings } = context.server.settings()
  const files = await findFiles(context.db)
  return {
    idpId: SamlSettings.IdpDescriptorURL,
    idpUrl: SamlSettings.IdpURL,
    idpCertificate: files.idp,
    ownId: SamlSettings.ServiceProviderIdentifier,
    ownUrl: SamlSettings.AssertionConsumerServiceURL || `${siteOf(context)}/login/sso/saml`,
    key: files.key,
    certificate: files.certificate,
    signsWith: SamlSettings.SignRequest ? hashOf(SamlSettings.SignatureAlgorithm) : '',
    isEncrypted: SamlSettings.Encrypt,
  }
}
