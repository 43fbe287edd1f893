import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { choices, choose, chosen } from '../../../platform/choices.ts'
import { AccountSwitch, Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Select } from '../../../ui/Select.tsx'

const COUNTS = ['10', '15', '20', '40'] as const
const most = chosen(choices.mostConversations)

/** What the list of channels shows. */
export const SidebarSection = () => {
  const say = useText()
  const intl = useIntl()
  const count = useSource(most)
  const [saving, run] = useSaving()
  return (
    <>
      <AccountSwitch label="unreadGroup.label" hint="unreadGroup.hint" of={choices.showsUnreadGroup} />
      <Row finds={['mostDirect.label']} saving={saving}>
        <Select
          label={say('mostDirect.label')}
          value={COUNTS.find((each) => each === count) ?? '40'}
          options={COUNTS.map((value) => ({ value, label: intl.formatNumber(Number(value)) }))}
          onChange={(value) => void run(() => choose(choices.mostConversations, value))}
        />
      </Row>
    </>
  )
}
