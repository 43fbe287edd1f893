import { notices as operations } from '@plausch/wire'
import { useState } from 'react'
import { desktopApp } from '../../../browser/desktop-app.ts'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { choices } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import {
  AccountSwitch,
  ChoiceRow,
  type OptionText,
  Row,
  SwitchRow,
  TextRow,
} from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { AwayReply } from './AwayReply.tsx'
import { permission } from './permission.ts'

const LEVELS: readonly OptionText<string>[] = [
  { value: 'all', label: 'notices.all' },
  { value: 'mention', label: 'notices.mentions' },
  { value: 'none', label: 'notices.none' },
]

const save = (some: Record<string, string>): Promise<void> => client.users.setNotifyProps(some)

/** What rings, where, and for which words. */
export const NoticesSection = () => {
  const me = useSource(client.me)
  const config = useSource(client.settings.config)
  if (!me) return null
  const { notify_props: props } = me
  return (
    <>
      <BrowserPermission />
      <ChoiceRow
        label="notices.desktop"
        value={props.desktop || 'mention'}
        options={LEVELS}
        save={(desktop) => save({ desktop })}
      />
      <SwitchRow
        label="notices.threads"
        isOn={props.desktop_threads !== 'mention'}
        save={(isOn) => save({ desktop_threads: isOn ? 'all' : 'mention' })}
      />
      <SwitchRow
        label="notices.sound"
        isOn={props.desktop_sound !== 'false'}
        save={(isOn) => save({ desktop_sound: String(isOn) })}
      />
      <AccountSwitch label="notices.text" hint="notices.textHint" of={choices.noticesHaveText} />
      {config.SendPushNotifications === 'true' && (
        <ChoiceRow
          label="notices.push"
          value={props.push || 'mention'}
          options={LEVELS}
          save={(push) => save({ push })}
        />
      )}
      <Words props={props} firstName={me.first_name} />
      {config.ExperimentalEnableAutomaticReplies === 'true' && <AwayReply props={props} />}
      <TestNotice />
    </>
  )
}

type WordsProps = { props: Record<string, string>; firstName: string }

/** What counts as a mention. */
const Words = ({ props, firstName }: WordsProps) => (
  <>
    <TextRow
      label="notices.keys"
      hint="notices.keysHint"
      value={(props.mention_keys ?? '').split(',').filter(Boolean).join(', ')}
      longest={1000}
      save={(text) => save({ mention_keys: asKeys(text) })}
    />
    {firstName !== '' && (
      <SwitchRow
        label="notices.firstName"
        isOn={props.first_name === 'true'}
        save={(isOn) => save({ first_name: String(isOn) })}
      />
    )}
    <SwitchRow
      label="notices.wide"
      isOn={props.channel !== 'false'}
      save={(isOn) => save({ channel: String(isOn) })}
    />
  </>
)

/** The words of a list, each once, in v4's form. */
const asKeys = (text: string): string =>
  [
    ...new Set(
      text
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    ),
  ].join(',')

/** Asks the system bot for a message, which rings as others do. */
const TestNotice = () => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    setBusy(true)
    if (await attempt(() => client.call(operations.sendTest))) notify('done', say('notices.testSent'))
    setBusy(false)
  }
  return (
    <Row finds={['notices.test', 'notices.testHint']}>
      <p>{say('notices.testHint')}</p>
      <div>
        <Button isBusy={isBusy} onClick={() => void send()}>
          {say('notices.test')}
        </Button>
      </div>
    </Row>
  )
}

/** Whether the browser shows notices at all. */
const BrowserPermission = () => {
  const say = useText()
  const [state, setState] = useState(permission)
  if (desktopApp || state === 'granted') return null
  return (
    <Row finds={['notices.desktop']}>
      <p>{say(state === 'denied' ? 'notices.denied' : 'notices.offer')}</p>
      {state === 'default' && (
        <Button onClick={() => void Notification.requestPermission().then(setState)}>
          {say('notices.allow')}
        </Button>
      )}
    </Row>
  )
}
