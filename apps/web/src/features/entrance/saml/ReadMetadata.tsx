import { saml as operations, type ReplyOf } from '@plausch/wire'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import styles from '../../../platform/console/Settings.module.css'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'

export type IdpMetadata = ReplyOf<typeof operations.metadataInFile>

/** Reads the provider's metadata, from an address or a file, into the fields below. */
export const ReadMetadata = ({ found }: { found(metadata: IdpMetadata): void }) => {
  const say = useText()
  const [address, setAddress] = useState('')
  const [state, setState] = useState<'busy' | 'read' | ''>('')
  const [problem, setProblem] = useState('')
  const read = async (work: () => Promise<IdpMetadata>): Promise<void> => {
    setState('busy')
    setProblem('')
    try {
      found(await work())
      setState('read')
    } catch (error) {
      setState('')
      setProblem(problemOf(error))
    }
  }
  const fromAddress = (): void =>
    void read(() => client.call(operations.metadataFromIdp, { body: { saml_metadata_url: address.trim() } }))
  return (
    <>
      <Field
        label={say('saml.metadataAddress')}
        hint={say('saml.metadataHint')}
        value={address}
        placeholder="https://idp.example.org/metadata"
        inputMode="url"
        autoComplete="off"
        onChange={(event) => setAddress(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // It is a part of the form, which Enter would save.
          event.preventDefault()
          if (address.trim() !== '') fromAddress()
        }}
      />
      <div className={styles.line}>
        <Button isBusy={state === 'busy'} disabled={address.trim() === ''} onClick={fromAddress}>
          {say('saml.readAddress')}
        </Button>
        <FileButton
          label={say('saml.readFile')}
          accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
          choose={(file) =>
            void read(async () =>
              client.call(operations.metadataInFile, { body: { metadata: await file.text() } }),
            )
          }
        />
        <p role="status" className={styles.good} hidden={state !== 'read'}>
          {state === 'read' && (
            <>
              <CircleCheck size={16} strokeWidth={2} aria-hidden /> {say('saml.read')}
            </>
          )}
        </p>
      </div>
      <FormProblem text={problem} />
    </>
  )
}
