import { useEffect, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Area } from '../../../ui/Field.tsx'
import { Switch } from '../../../ui/Switch.tsx'

const LONGEST = 200

/** An answer to direct messages while one is out of office; it also sets the status. */
export const AwayReply = ({ props }: { props: Record<string, string> }) => {
  const say = useText()
  const [saving, run] = useSaving()
  const kept = props.auto_responder_message ?? ''
  const [text, setText] = useState(kept || say('notices.awayText'))
  useEffect(() => {
    if (kept !== '') setText(kept)
  }, [kept])
  const isOn = props.auto_responder_active === 'true'
  const save = (isActive: boolean): void =>
    void run(() =>
      client.users.setNotifyProps({
        auto_responder_active: String(isActive),
        auto_responder_message: text.trim(),
      }),
    )
  return (
    <Row finds={['notices.away']} saving={saving}>
      <Switch label={say('notices.away')} hint={say('notices.awayHint')} isOn={isOn} onChange={save} />
      {isOn && (
        <Area
          label={say('notices.awayMessage')}
          maxLength={LONGEST}
          rows={3}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => text.trim() !== kept && text.trim() !== '' && save(true)}
        />
      )}
    </Row>
  )
}
