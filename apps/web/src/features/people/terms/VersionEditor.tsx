import { terms as operations, type TermsVersion } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import styles from '../../../platform/console/Settings.module.css'
import { dialog } from '../../../platform/dialogs.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { Area } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { TermsText } from './AcceptTerms.tsx'
import { languages, textsOf } from './texts.ts'

const LONGEST = 16_383

type PublishProps = { run(): Promise<void>; close(): void }

const Publish = ({ run, close }: PublishProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('termsVersions.publishTitle')}
      lead={say('termsVersions.publishLead')}
      action={say('termsVersions.publish')}
      run={run}
      onClose={close}
    />
  )
}
const publishDialog = dialog(async () => Publish)

type VersionEditorProps = {
  latest: TermsVersion | undefined
  /** The language of a text for which no language is named. */
  language: 'de' | 'en'
  published(): void
}

/** Writes the next version. People read it in their language, if it has a text in it. */
export const VersionEditor = ({ latest, language, published }: VersionEditorProps) => {
  const say = useText()
  const before = textsOf(latest, language)
  const form = useForm(before, {
    check: ({ de, en }) => ({ [language]: de.trim() + en.trim() === '' ? say('form.missing') : '' }),
    keptAs: `terms/${latest?.id ?? ''}`,
  })
  const { de, en } = form.values
  const publish = form.checked((texts) => {
    const written = languages.filter((each) => texts[each].trim() !== '')
    const text = texts[language].trim() === '' ? texts.de || texts.en : texts[language]
    const translations = Object.fromEntries(written.map((each) => [each, texts[each]]))
    const run = async (): Promise<void> => {
      await client.call(operations.create, { body: { text, translations } })
      form.forget()
      notify('done', say('termsVersions.published'))
      published()
    }
    publishDialog.open({ run })
  })
  return (
    <Section title={say('termsVersions.text')} lead={say('termsVersions.textLead')}>
      <Form
        submit={publish}
        submitLabel={say('termsVersions.publish')}
        buttons="start"
        isDisabled={before.de === de && before.en === en}
      >
        {languages.map((each) => (
          <Area
            key={each}
            {...form.text(each)}
            label={say(`termsVersions.${each}`)}
            rows={6}
            maxLength={LONGEST}
          />
        ))}
      </Form>
      {languages.map((each) => (
        <Preview key={each} title={say(`termsVersions.preview.${each}`)} text={form.values[each]} />
      ))}
    </Section>
  )
}

/** A text as people see it before they accept it. */
export const Preview = ({ title, text }: { title: string; text: string }) => {
  if (text.trim() === '') return null
  return (
    <div>
      <h3 className={styles.soft}>{title}</h3>
      <TermsText title={title} of={{ text }} />
    </div>
  )
}
