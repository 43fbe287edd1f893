import { isMuted } from '@plausch/client'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { ChoiceRow, type OptionText, SwitchRow } from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import styles from './ChannelNotices.module.css'

const LEVELS: readonly OptionText<string>[] = [
  { value: 'default', label: 'notices.usual' },
  { value: 'all', label: 'notices.all' },
  { value: 'mention', label: 'notices.mentions' },
  { value: 'none', label: 'notices.none' },
]

const SOUNDS: readonly OptionText<string>[] = [
  { value: 'default', label: 'notices.usual' },
  { value: 'on', label: 'notices.on' },
  { value: 'off', label: 'notices.off' },
]

/** What rings in one channel; each choice is saved at once. */
export const ChannelNotices = ({ channelId, close }: { channelId: string; close(): void }) => {
  const say = useText()
  const name = useSource(channelName(channelId))
  const member = useSource(client.members.mine.at(channelId))
  const config = useSource(client.settings.config)
  if (!member) return null
  const { notify_props: props } = member
  const save = (some: Record<string, string>): Promise<void> => client.members.setNotifyProps(channelId, some)
  return (
    <Dialog
      title={say('notices.ofChannel')}
      hint={name}
      onClose={close}
      actions={<Button onClick={close}>{say('action.close')}</Button>}
    >
      <div className={styles.rows}>
        <SwitchRow
          label="channel.mute"
          hint="notices.muteHint"
          isOn={isMuted(member)}
          save={(isOn) => save({ mark_unread: isOn ? 'mention' : 'all' })}
        />
        <ChoiceRow
          label="notices.desktop"
          value={props.desktop || 'default'}
          options={LEVELS}
          save={(desktop) => save({ desktop })}
        />
        <ChoiceRow
          label="notices.sound"
          value={props.desktop_sound || 'default'}
          options={SOUNDS}
          isLong
          save={(desktop_sound) => save({ desktop_sound })}
        />
        {config.SendPushNotifications === 'true' && (
          <ChoiceRow
            label="notices.push"
            value={props.push || 'default'}
            options={LEVELS}
            isLong
            save={(push) => save({ push })}
          />
        )}
        <SwitchRow
          label="notices.ignoreWide"
          hint="notices.ignoreWideHint"
          isOn={props.ignore_channel_mentions === 'on'}
          save={(isOn) => save({ ignore_channel_mentions: isOn ? 'on' : 'off' })}
        />
        <SwitchRow
          label="notices.followAll"
          isOn={props.channel_auto_follow_threads === 'on'}
          save={(isOn) => save({ channel_auto_follow_threads: isOn ? 'on' : 'off' })}
        />
      </div>
    </Dialog>
  )
}
