import { directory as operations } from '@plausch/wire'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import styles from './Directory.module.css'
import { SECTION, type SettingsTab } from './values.ts'

const files = [
  {
    setting: 'PublicCertificateFile',
    label: 'directory.certificate',
    choose: 'directory.chooseCertificate',
    remove: 'directory.removeCertificate',
    upload: operations.setCertificate,
    drop: operations.removeCertificate,
    accept: '.pem,.crt,.cer',
  },
  {
    setting: 'PrivateKeyFile',
    label: 'directory.key',
    choose: 'directory.chooseKey',
    remove: 'directory.removeKey',
    upload: operations.setKey,
    drop: operations.removeKey,
    accept: '.pem,.key',
  },
] as const

/** What the server shows to a directory that asks for a certificate. Few do. */
export const Certificates = ({ config, stored }: SettingsTab) => {
  const say = useText()
  const change = (work: () => Promise<unknown>): void =>
    void attempt(async () => {
      await work()
      config.again()
    })
  return (
    <Section title={say('directory.certificates')} lead={say('directory.certificatesLead')}>
      {files.map(({ setting, label, choose, remove, upload, drop, accept }) => {
        const name = stored.text(SECTION, setting)
        return (
          <div key={setting} className={styles.file}>
            <span>
              {say(label)}: {name === '' ? say('directory.noFile') : <code>{name}</code>}
            </span>
            <FileButton
              label={say(choose)}
              accept={accept}
              choose={(file) =>
                change(() => {
                  const form = new FormData()
                  form.append('certificate', file)
                  return client.send(upload, {}, form)
                })
              }
            />
            {name !== '' && (
              <Button kind="quiet" onClick={() => change(() => client.call(drop))}>
                {say(remove)}
              </Button>
            )}
          </div>
        )
      })}
    </Section>
  )
}
