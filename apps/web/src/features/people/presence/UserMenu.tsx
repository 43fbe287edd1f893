import { CircleMinus } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { menuItems, type Shown, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { customStatus } from '../../../platform/people.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import unseen from '../../../ui/Unseen.module.css'
import { PersonRow } from '../users/PersonRow.tsx'
import { quietUntil } from './dialogs.ts'
import { QUIET_ENDS } from './ends.ts'
import { setStatus } from './setting.ts'
import styles from './UserMenu.module.css'

const inGroup = (shown: readonly Shown<'app'>[], group: string) =>
  menuItems(
    shown.filter(({ action }) => action.group === group),
    null,
  )

const STATUSES = ['online', 'away', 'offline'] as const

/** The signed-in person's menu: what they are doing, settings, help, sign-out. */
export const UserMenu = () => {
  const say = useText()
  const myId = useSource(client.myId)
  const status = useSource(customStatus(myId))
  const shown = useActions('app', null, 'menu')
  const quiet = useQuiet()
  if (myId === '') return null

  const statuses = shown.filter(({ action }) => action.group === 'status')
  const withDots = menuItems(statuses, null).map((item, i): MenuItem => {
    const name = STATUSES.find((each) => statuses[i]?.action.name === `presence.${each}`)
    return item.kind === undefined && name ? { ...item, mark: <Dot status={name} /> } : item
  })
  const items: MenuItem[] = [
    ...inGroup(shown, 'custom'),
    { kind: 'heading', label: say('user.status') },
    ...withDots,
    ...(statuses.length > 0 ? [quiet] : []),
    { kind: 'line' },
    ...inGroup(shown, 'settings'),
    ...inGroup(shown, 'help'),
    { kind: 'line' },
    ...inGroup(shown, 'end'),
  ]

  return (
    <Menu
      label={say('user.menu')}
      items={items}
      button={(props) => (
        <button type="button" {...props} className={styles.user}>
          <PersonRow userId={myId} note={status?.text ?? ''} />
          <span className={unseen.unseen}>{say('user.menu')}</span>
        </button>
      )}
    />
  )
}

/** As wide as the icons of the other items. */
const Dot = ({ status }: { status: (typeof STATUSES)[number] }) => (
  <span className={styles.dot}>
    <StatusDot status={status} />
  </span>
)

/** "Do not disturb", with its ends. */
const useQuiet = (): MenuItem => {
  const say = useText()
  const intl = useIntl()
  const known = useSource(client.presence.records.at(useSource(client.myId)))
  const isQuiet = known?.status === 'dnd'
  const end = isQuiet ? known.dnd_end_time * 1000 : 0
  const time = intl.formatDate(end, { weekday: 'short', hour: 'numeric', minute: 'numeric' })
  return {
    kind: 'submenu',
    label: say('status.dnd'),
    icon: CircleMinus,
    hint: !isQuiet ? say('user.dndHint') : end > 0 ? say('status.until', { time }) : say('presence.noEnd'),
    items: [
      ...QUIET_ENDS.map(({ label, end }) => ({
        label: say(label),
        run: () => void attempt(() => setStatus('dnd', end(Date.now()))),
      })),
      { label: say('presence.chooseEnd'), run: () => quietUntil.open() },
    ],
  }
}
