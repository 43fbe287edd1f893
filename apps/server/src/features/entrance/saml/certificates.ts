/** The provider's certificate, and our own certificate and key. They are kept in the database. */
import { createPrivateKey } from 'node:crypto'
import type { Incoming, InputOf, saml } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { smallFileIn } from '../../../core/forms.ts'
import { atMost } from '../../../core/incoming.ts'
import { ownTurn } from '../../../core/own-turn.ts'
import { certificateIn } from '../../../core/saml.ts'
import { record } from '../../ground/audit/index.ts'
import { patchConfig } from '../../ground/settings/index.ts'
import { deleteFile, type FileName, findFiles, saveFile } from './store.ts'

const ok = { status: 'OK' as const }
const MOST_BYTES = 100_000

/** v4's names of the files, which its settings hold; and what cannot stay on without them. */
const kinds = {
  idp: { setting: 'IdpCertificateFile', file: 'saml-idp.crt', off: ['Enable'] },
  certificate: { setting: 'PublicCertificateFile', file: 'saml-public.crt', off: ['Encrypt'] },
  key: { setting: 'PrivateKeyFile', file: 'saml-private.key', off: ['Encrypt', 'SignRequest'] },
} as const

/** As v4's clients send it: the certificate itself, or a form. */
const receive = async (body: Incoming): Promise<string> => {
  if (!body.type.startsWith('application/x-pem-file'))
    return await smallFileIn(body, 'certificate', MOST_BYTES)
  const parts: Uint8Array[] = []
  const tooLong = () => new Fault('api.admin.add_certificate.saving.app_error')
  for await (const part of atMost(body.bytes, MOST_BYTES, tooLong)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The text in the form in which it is kept; throws for what could not be used. */
const checked = (name: FileName, text: string): string => {
  try {
    if (name !== 'key') return certificateIn(text)
    return String(createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' }))
  } catch (error) {
    throw new Fault('api.admin.add_certificate.saving.app_error', undefined, error)
  }
}

const set =
  (name: FileName) =>
  async (context: Context, { body }: InputOf<typeof saml.setKey>) => {
    const received = await receive(body)
    await ownTurn()
    const text = checked(name, received)
    const { server, actor, request, head } = context
    await change(server, { actor, request, head }, async (inner) => {
      await saveFile(inner.db, name, text)
      await patchConfig(inner, { body: { SamlSettings: { [kinds[name].setting]: kinds[name].file } } })
      await record(inner, '/saml/certificate', `set ${name}`)
    })
    return ok
  }

const remove = (name: FileName) => async (context: Context) => {
  const { setting, off } = kinds[name]
  await deleteFile(context.db, name)
  const without = Object.fromEntries(off.map((key) => [key, false]))
  await patchConfig(context, { body: { SamlSettings: { [setting]: '', ...without } } })
  await record(context, '/saml/certificate', `removed ${name}`)
  return ok
}

export const setIdpCertificate = set('idp')
export const setCertificate = set('certificate')
export const setKey = set('key')
export const removeIdpCertificate = remove('idp')
export const removeCertificate = remove('certificate')
export const removeKey = remove('key')

export const certificateStatus = async ({ db }: Context) => {
  const { idp, certificate, key } = await findFiles(db)
  return {
    idp_certificate_file: idp !== '',
    private_key_file: key !== '',
    public_certificate_file: certificate !== '',
  }
}
