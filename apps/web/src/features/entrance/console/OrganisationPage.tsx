import { useText } from '../../../i18n/text.ts'
import { type Configuration, type Configured, NO_ADDRESS } from '../../../platform/console/configuration.ts'
import { PageFrame, Section } from '../../../platform/console/PageFrame.tsx'
import { SettingArea, SettingText, WithConfiguration } from '../../../platform/console/SettingFields.tsx'
import styles from '../../../platform/console/Settings.module.css'
import {
  isWebAddress,
  type Kind,
  type SettingsForm,
  useSettingsForm,
} from '../../../platform/console/settings-form.ts'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { countSeats } from '../../people/users/seats.ts'

const kinds = {
  'TeamSettings.SiteName': 'text',
  'TeamSettings.CustomDescriptionText': 'text',
  'SupportSettings.SupportEmail': 'text',
  'PlauschSettings.HelpDeskPhone': 'text',
  'SupportSettings.HelpLink': 'text',
  'PlauschSettings.ImprintLink': 'text',
  'SupportSettings.PrivacyPolicyLink': 'text',
  'PlauschSettings.AccessibilityLink': 'text',
  'SupportSettings.TermsOfServiceLink': 'text',
  'PlauschSettings.MaxActiveUsers': 'number',
} as const satisfies Record<string, Kind>

type Name = keyof typeof kinds

/** The organisation's own pages, which the client links to. */
const links = [
  { name: 'PlauschSettings.ImprintLink', label: 'organisation.imprint' },
  { name: 'SupportSettings.PrivacyPolicyLink', label: 'organisation.privacy' },
  { name: 'PlauschSettings.AccessibilityLink', label: 'organisation.accessibility' },
  { name: 'SupportSettings.TermsOfServiceLink', label: 'organisation.terms' },
] as const

const LONGEST_NAME = 30
const MAIL = /^[^\s@]+@[^\s@]+$/
const PHONE = /^\+?[\d(][\d ()/.-]{1,38}$/

const useOrganisation = (config: Configured, stored: Configuration): SettingsForm<Name> => {
  const say = useText()
  return useSettingsForm<Name>(config, stored, kinds, {
    check: ({ textOf }) => {
      const is = (name: Name, isRight: (text: string) => boolean): boolean =>
        textOf(name) === '' || isRight(textOf(name))
      const pages: readonly Name[] = ['SupportSettings.HelpLink', ...links.map(({ name }) => name)]
      const wrong = pages.filter((name) => !is(name, isWebAddress))
      return {
        ...Object.fromEntries(wrong.map((name) => [name, say('console.addressWrong')])),
        'TeamSettings.SiteName': textOf('TeamSettings.SiteName') === '' ? say('form.missing') : '',
        'SupportSettings.SupportEmail': is('SupportSettings.SupportEmail', (text) => MAIL.test(text))
          ? ''
          : say('organisation.mailWrong'),
        'PlauschSettings.HelpDeskPhone': is('PlauschSettings.HelpDeskPhone', (text) => PHONE.test(text))
          ? ''
          : say('organisation.phoneWrong'),
      }
    },
    adjusted: (values) => {
      const had = stored.text('SupportSettings', 'SupportEmail') !== ''
      const isGone = had && String(values['SupportSettings.SupportEmail']).trim() === ''
      return isGone ? { ...values, 'SupportSettings.SupportEmail': NO_ADDRESS } : values
    },
    keptAs: 'organisation',
  })
}

/** What people see of the organisation: its name, whom to ask, its own pages; and how many may come. */
export const OrganisationPage = () => {
  const say = useText()
  return (
    <PageFrame title={say('organisation.title')} lead={say('organisation.lead')}>
      <WithConfiguration>
        {(config, stored) => <OrganisationForm config={config} stored={stored} />}
      </WithConfiguration>
    </PageFrame>
  )
}

const OrganisationForm = ({ config, stored }: { config: Configured; stored: Configuration }) => {
  const say = useText()
  const form = useOrganisation(config, stored)
  return (
    <div className={styles.parts}>
      <Form submit={form.save} submitLabel={say('action.save')} buttons="start">
        <Section title={say('organisation.name')} lead={say('organisation.nameLead')}>
          <SettingText
            form={form}
            name="TeamSettings.SiteName"
            label="organisation.siteName"
            maxLength={LONGEST_NAME}
          />
          <SettingArea
            form={form}
            name="TeamSettings.CustomDescriptionText"
            label="organisation.description"
            hint="organisation.descriptionHint"
          />
        </Section>
        <Section title={say('organisation.helpDesk')} lead={say('organisation.helpDeskLead')}>
          <div className={styles.grid}>
            <SettingText
              form={form}
              name="SupportSettings.SupportEmail"
              label="organisation.mail"
              inputMode="email"
              placeholder="help@example.org"
            />
            <SettingText
              form={form}
              name="PlauschSettings.HelpDeskPhone"
              label="organisation.phone"
              inputMode="tel"
              placeholder="+49 40 1234-5678"
            />
          </div>
          <SettingText
            form={form}
            name="SupportSettings.HelpLink"
            label="organisation.helpPage"
            inputMode="url"
            placeholder="https://www.example.org/chat"
          />
        </Section>
        <Section title={say('organisation.pages')} lead={say('organisation.pagesLead')}>
          {links.map(({ name, label }) => (
            <SettingText key={name} form={form} name={name} label={label} inputMode="url" />
          ))}
        </Section>
        <Section title={say('organisation.seats')} lead={say('organisation.seatsLead')}>
          <Seats limit={stored.text('PlauschSettings', 'MaxActiveUsers')} />
          <SettingText
            form={form}
            name="PlauschSettings.MaxActiveUsers"
            label="organisation.limit"
            hint="organisation.limitHint"
            inputMode="numeric"
          />
        </Section>
      </Form>
    </div>
  )
}

/** How many seats are taken, of how many. */
const Seats = ({ limit }: { limit: string }) => {
  const say = useText()
  const limits = useAnswer(countSeats, limit)
  if (!limits.value) return <FormProblem text={limits.problem} />
  const { used: taken, max: most } = limits.value
  if (most === 0) return <p>{say('organisation.taken', { count: taken })}</p>
  return (
    <Progress label={say('organisation.takenOf', { count: taken, most })} value={Math.min(1, taken / most)} />
  )
}
