import { saml as operations } from '@plausch/wire'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import styles from '../../../platform/console/Settings.module.css'
import { Button } from '../../../ui/Button.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import type { Files } from './values.ts'

const files = {
  idp: {
    part: 'idp_certificate_file',
    label: 'saml.idpCertificate',
    choose: 'saml.chooseIdpCertificate',
    remove: 'saml.removeIdpCertificate',
    upload: operations.setIdpCertificate,
    drop: operations.removeIdpCertificate,
    accept: '.pem,.crt,.cer',
  },
  certificate: {
    part: 'public_certificate_file',
    label: 'saml.certificate',
    choose: 'saml.chooseCertificate',
    remove: 'saml.removeCertificate',
    upload: operations.setCertificate,
    drop: operations.removeCertificate,
    accept: '.pem,.crt,.cer',
  },
  key: {
    part: 'private_key_file',
    label: 'saml.key',
    choose: 'saml.chooseKey',
    remove: 'saml.removeKey',
    upload: operations.setKey,
    drop: operations.removeKey,
    accept: '.pem,.key',
  },
} as const

const sent = (file: Blob): FormData => {
  const form = new FormData()
  form.append('certificate', file, 'certificate.pem')
  return form
}

/** Uploads the certificate that the provider's metadata have. */
export const uploadIdpCertificate = (text: string): Promise<unknown> =>
  client.send(operations.setIdpCertificate, {}, sent(new Blob([text])))

type FileRowProps = {
  which: keyof typeof files
  present: Files
  /** A file came or went, and settings with it. */
  changed(): void
}

/** A certificate or a key: whether it is there, to choose another one or to remove it. */
export const FileRow = ({ which, present, changed }: FileRowProps) => {
  const say = useText()
  const { part, label, choose, remove, upload, drop, accept } = files[which]
  const change = (work: () => Promise<unknown>): void =>
    void attempt(async () => {
      await work()
      changed()
    })
  return (
    <div className={styles.line}>
      <span>
        {say(label)}: {say(present[part] ? 'saml.isThere' : 'saml.isNotThere')}
      </span>
      <FileButton
        label={say(choose)}
        accept={accept}
        choose={(file) => change(() => client.send(upload, {}, sent(file)))}
      />
      {present[part] && (
        <Button kind="quiet" onClick={() => change(() => client.call(drop))}>
          {say(remove)}
        </Button>
      )}
    </div>
  )
}
