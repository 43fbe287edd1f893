/** The certificate that we show to the directory, and its key. They are kept in the database, never shown. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { directory, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { smallFileIn } from '../../../core/forms.ts'
import { record } from '../../ground/audit/index.ts'
import { patchConfig } from '../../ground/settings/index.ts'
import { deleteFile, type FileName, saveFile } from './store.ts'

const ok = { status: 'OK' as const }
const MOST_BYTES = 100_000

/** v4's names of the files, which its settings hold. */
const kinds = {
  certificate: { setting: 'PublicCertificateFile', file: 'ldap-public.crt' },
  key: { setting: 'PrivateKeyFile', file: 'ldap-private.key' },
} as const

/** Refuses what TLS could not use, instead of failing at the next connection. */
const check = (name: FileName, text: string): void => {
  try {
    if (name === 'certificate') new X509Certificate(text)
    else createPrivateKey(text)
  } catch (error) {
    throw new Fault('api.admin.add_certificate.saving.app_error', undefined, error)
  }
}

const set =
  (name: FileName) =>
  async (context: Context, { body }: InputOf<typeof directory.setKey>) => {
    const text = await smallFileIn(body, 'certificate', MOST_BYTES)
    check(name, text)
    const { server, actor, request, head } = context
    await change(server, { actor, request, head }, async (inner) => {
      await saveFile(inner.db, name, text)
      await patchConfig(inner, { body: { LdapSettings: { [kinds[name].setting]: kinds[name].file } } })
      await record(inner, '/ldap/certificate', `set ${name}`)
    })
    return ok
  }

const remove = (name: FileName) => async (context: Context) => {
  await deleteFile(context.db, name)
  await patchConfig(context, { body: { LdapSettings: { [kinds[name].setting]: '' } } })
  await record(context, '/ldap/certificate', `removed ${name}`)
  return ok
}

export const setCertificate = set('certificate')
export const setKey = set('key')
export const removeCertificate = remove('certificate')
export const removeKey = remove('key')
