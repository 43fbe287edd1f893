import { terms as operations, type TermsVersion } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { Configuration, Configured } from '../../../platform/console/configuration.ts'
import { PageFrame, Section } from '../../../platform/console/PageFrame.tsx'
import { SettingSwitch, SettingText, WithConfiguration } from '../../../platform/console/SettingFields.tsx'
import styles from '../../../platform/console/Settings.module.css'
import { type Kind, useSettingsForm } from '../../../platform/console/settings-form.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { VersionEditor } from './VersionEditor.tsx'
import { Versions } from './Versions.tsx'

const kinds = {
  'SupportSettings.CustomTermsOfServiceEnabled': 'switch',
  'SupportSettings.CustomTermsOfServiceReAcceptancePeriod': 'number',
} as const satisfies Record<string, Kind>

/** The terms that everybody must accept: their text in both languages, when they are asked, and all versions. */
export const VersionsPage = () => {
  const say = useText()
  const versions = useAnswer(() => client.call(operations.list))
  const found = versions.value
  return (
    <PageFrame title={say('terms.title')} lead={say('termsVersions.lead')}>
      <FormProblem text={versions.problem} />
      {!found && versions.problem === '' && <Busy />}
      {found && (
        <WithConfiguration>
          {(config, stored) => (
            <Content config={config} stored={stored} versions={found} published={versions.again} />
          )}
        </WithConfiguration>
      )}
    </PageFrame>
  )
}

type ContentProps = AskingProps & { published(): void }

const Content = ({ published, ...asking }: ContentProps) => {
  const { stored, versions } = asking
  const [latest] = versions
  const language = stored.text('LocalizationSettings', 'DefaultServerLocale') === 'de' ? 'de' : 'en'
  return (
    <div className={styles.parts}>
      <VersionEditor key={`text ${latest?.id}`} latest={latest} language={language} published={published} />
      <Asking key={latest ? 'asking' : 'not yet'} {...asking} />
      <Versions versions={versions} language={language} />
    </div>
  )
}

type AskingProps = { config: Configured; stored: Configuration; versions: readonly TermsVersion[] }

/** Whether people are asked, and when they are asked again. */
const Asking = ({ config, stored, versions }: AskingProps) => {
  const say = useText()
  const form = useSettingsForm<keyof typeof kinds>(config, stored, kinds, {
    check: ({ isOn }) => ({
      'SupportSettings.CustomTermsOfServiceEnabled':
        isOn('SupportSettings.CustomTermsOfServiceEnabled') && versions.length === 0
          ? say('termsVersions.noText')
          : '',
    }),
    keptAs: 'terms/asking',
  })
  return (
    <Section title={say('termsVersions.asking')}>
      <Form submit={form.save} submitLabel={say('action.save')} buttons="start">
        <SettingSwitch
          form={form}
          name="SupportSettings.CustomTermsOfServiceEnabled"
          label="termsVersions.enable"
          hint="termsVersions.enableHint"
        />
        <SettingText
          form={form}
          name="SupportSettings.CustomTermsOfServiceReAcceptancePeriod"
          label="termsVersions.period"
          hint="termsVersions.periodHint"
          inputMode="numeric"
        />
      </Form>
    </Section>
  )
}
