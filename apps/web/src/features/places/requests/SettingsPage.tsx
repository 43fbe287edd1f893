import { useText } from '../../../i18n/text.ts'
import type { Configuration, Configured } from '../../../platform/console/configuration.ts'
import { PageFrame, Section } from '../../../platform/console/PageFrame.tsx'
import { SettingSwitch, SettingText, WithConfiguration } from '../../../platform/console/SettingFields.tsx'
import styles from '../../../platform/console/Settings.module.css'
import { type Kind, useSettingsForm } from '../../../platform/console/settings-form.ts'
import { Form } from '../../../ui/Form.tsx'

const kinds = {
  'PlauschSettings.MembersMayCreateTeams': 'switch',
  'PlauschSettings.EnableTeamRequests': 'switch',
  'PlauschSettings.MaxOpenTeamRequests': 'number',
  'PlauschSettings.TeamRequestLeaderAttribute': 'text',
  'PlauschSettings.TeamRequestEndorser': 'text',
  'PlauschSettings.TeamReviewDays': 'number',
} as const satisfies Record<string, Kind>

const USERNAME = /^[a-z0-9._-]*$/
const ATTRIBUTE = /^[A-Za-z0-9.;-]*$/
const MOST_OPEN = 1000
const MOST_DAYS = 3660

/** Who may ask for teams, and who endorses. */
export const SettingsPage = () => {
  const say = useText()
  return (
    <PageFrame title={say('requestSettings.title')} lead={say('requestSettings.lead')}>
      <WithConfiguration>
        {(config, stored) => <RequestSettings config={config} stored={stored} />}
      </WithConfiguration>
    </PageFrame>
  )
}

const RequestSettings = ({ config, stored }: { config: Configured; stored: Configuration }) => {
  const say = useText()
  const form = useSettingsForm<keyof typeof kinds>(config, stored, kinds, {
    check: ({ textOf }) => {
      const between = (name: keyof typeof kinds, min: number, max: number): string =>
        /^\d+$/.test(textOf(name)) && Number(textOf(name)) >= min && Number(textOf(name)) <= max
          ? ''
          : say('requestSettings.between', { min, max })
      const endorser = textOf('PlauschSettings.TeamRequestEndorser')
      const attribute = textOf('PlauschSettings.TeamRequestLeaderAttribute')
      return {
        'PlauschSettings.MaxOpenTeamRequests': between('PlauschSettings.MaxOpenTeamRequests', 1, MOST_OPEN),
        'PlauschSettings.TeamReviewDays': between('PlauschSettings.TeamReviewDays', 0, MOST_DAYS),
        'PlauschSettings.TeamRequestEndorser': USERNAME.test(endorser)
          ? ''
          : say('requestSettings.endorserWrong'),
        'PlauschSettings.TeamRequestLeaderAttribute': ATTRIBUTE.test(attribute)
          ? ''
          : say('requestSettings.leaderWrong'),
      }
    },
    adjusted: (values) => ({
      ...values,
      'PlauschSettings.TeamRequestEndorser': String(values['PlauschSettings.TeamRequestEndorser']).replace(
        /^\s*@/,
        '',
      ),
    }),
    keptAs: 'team-requests',
  })
  return (
    <div className={styles.parts}>
      <Form submit={form.save} submitLabel={say('action.save')} buttons="start">
        <Section title={say('requestSettings.asking')}>
          <SettingSwitch
            form={form}
            name="PlauschSettings.EnableTeamRequests"
            label="requestSettings.enable"
            hint="requestSettings.enableHint"
          />
          <SettingText
            form={form}
            name="PlauschSettings.MaxOpenTeamRequests"
            label="requestSettings.limit"
            hint="requestSettings.limitHint"
            inputMode="numeric"
          />
          <SettingSwitch
            form={form}
            name="PlauschSettings.MembersMayCreateTeams"
            label="requestSettings.anybody"
            hint="requestSettings.anybodyHint"
          />
        </Section>
        <Section title={say('requestSettings.endorsing')} lead={say('requestSettings.endorsingLead')}>
          <SettingText
            form={form}
            name="PlauschSettings.TeamRequestLeaderAttribute"
            label="requestSettings.leader"
            hint="requestSettings.leaderHint"
            placeholder="owner"
          />
          <SettingText
            form={form}
            name="PlauschSettings.TeamRequestEndorser"
            label="requestSettings.endorser"
            hint="requestSettings.endorserHint"
          />
        </Section>
        <Section title={say('requestSettings.review')}>
          <SettingText
            form={form}
            name="PlauschSettings.TeamReviewDays"
            label="requestSettings.days"
            hint="requestSettings.daysHint"
            inputMode="numeric"
          />
        </Section>
      </Form>
    </div>
  )
}
