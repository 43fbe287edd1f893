import type { Channel } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { perform, useActions } from '../../../platform/actions.ts'
import { Button } from '../../../ui/Button.tsx'
import styles from './ChannelSettings.module.css'

type ManageTabProps = { channel: Channel; close(): void }

/** Groups of actions that belong here rather than to the daily use of a channel. */
const GROUPS = ['notify', 'end']
const NAMES = ['members.show', 'channels.readers', 'channels.copyLink']

/** Those that are named stand first, in their order. */
const placeOf = (name: string): number => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length)

/** Notifications, members, converting, leaving and archiving, each with the reason if it is not possible. */
export const ManageTab = ({ channel, close }: ManageTabProps) => {
  const say = useText()
  const shown = useActions('channel', channel, 'menu')
    .filter(({ action }) => GROUPS.includes(action.group ?? '') || NAMES.includes(action.name))
    .toSorted((a, b) => placeOf(a.action.name) - placeOf(b.action.name))
  return (
    <ul className={styles.deeds}>
      {shown.map(({ action, label, hindrance, hindranceValues }) => (
        <li key={action.name} data-danger={action.isDanger ? '' : undefined}>
          <Button
            kind="plain"
            {...(action.icon && { icon: action.icon })}
            disabled={hindrance !== ''}
            aria-describedby={hindrance === '' ? undefined : `why-${action.name}`}
            onClick={() => {
              close()
              perform(action, channel)
            }}
          >
            {say(label)}
          </Button>
          {hindrance !== '' && <small id={`why-${action.name}`}>{say(hindrance, hindranceValues)}</small>}
        </li>
      ))}
    </ul>
  )
}
