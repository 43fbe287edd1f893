import type { User } from '@plausch/wire'
import { EllipsisVertical, MessageSquare } from 'lucide-react'
import { Suspense } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { partsOf } from '../../../platform/feature.ts'
import { personName } from '../../../platform/names.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { customStatus, isGuest, minute } from '../../../platform/people.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { AttributeLines } from './AttributeLines.tsx'
import { Face } from './Face.tsx'
import { minutesBetween, zoneOf } from './local-time.ts'
import styles from './Profile.module.css'

type ProfileCardProps = { user: User; isInDialog?: boolean; close(): void }

/** Who somebody is, what they are doing, and what can be done. */
export const ProfileCard = ({ user, isInDialog = false, close }: ProfileCardProps) => {
  const say = useText()
  const name = useSource(personName(user.id))
  const fullName = `${user.first_name} ${user.last_name}`.trim()
  return (
    <div className={styles.card} data-dialog={isInDialog ? '' : undefined}>
      <div className={styles.head}>
        <Face userId={user.id} size={72} />
        <div className={styles.names}>
          {!isInDialog && <h2>{name}</h2>}
          {fullName !== '' && fullName !== name && <p>{fullName}</p>}
          {name !== user.username && <p className={styles.soft}>@{user.username}</p>}
          {user.nickname !== '' && user.nickname !== name && (
            <p className={styles.soft}>{say('people.nickname', { name: user.nickname })}</p>
          )}
          {user.position !== '' && <p>{user.position}</p>}
          <Marks user={user} />
        </div>
      </div>
      <Doing user={user} />
      <dl className={styles.facts}>
        <LocalTime user={user} />
        {user.email !== '' && (
          <div>
            <dt>{say('people.email')}</dt>
            <dd>
              <a href={`mailto:${user.email}`}>{user.email}</a>
            </dd>
          </div>
        )}
        <AttributeLines userId={user.id} />
        {partsOf('profileParts').map((Part, i) => (
          <Suspense key={i}>
            <Part userId={user.id} />
          </Suspense>
        ))}
      </dl>
      <Foot user={user} close={close} />
    </div>
  )
}

const Marks = ({ user }: { user: User }) => {
  const say = useText()
  const isAdmin = user.roles.split(' ').includes('system_admin')
  if (!user.is_bot && !isGuest(user) && !isAdmin && user.delete_at === 0) return null
  return (
    <p className={styles.marks}>
      {user.is_bot && <Tag>{say('people.bot')}</Tag>}
      {isGuest(user) && <Tag>{say('people.guest')}</Tag>}
      {isAdmin && <Tag>{say('people.admin')}</Tag>}
      {user.delete_at > 0 && <Tag>{say('people.deactivated')}</Tag>}
    </p>
  )
}

const MINUTE = 60_000

/** "5 minutes ago", by the unit that people would use. */
const agoOf = (time: number, format: (value: number, unit: 'minute' | 'hour' | 'day') => string): string => {
  const minutes = Math.round((Date.now() - time) / MINUTE)
  if (minutes < 60) return format(-minutes, 'minute')
  return minutes < 24 * 60
    ? format(-Math.round(minutes / 60), 'hour')
    : format(-Math.round(minutes / 1440), 'day')
}

/** The status and the custom status, each with its end. */
const Doing = ({ user }: { user: User }) => {
  const say = useText()
  const intl = useIntl()
  const known = useSource(client.presence.records.at(user.id))
  const custom = useSource(customStatus(user.id))
  if (user.delete_at > 0 || user.is_bot) return null
  const status = known?.status ?? 'offline'
  const until = (time: number): string =>
    intl.formatDate(time, {
      ...(time - Date.now() > 18 * 3_600_000 ? { weekday: 'short', day: 'numeric', month: 'short' } : {}),
      hour: 'numeric',
      minute: 'numeric',
    })
  const since = status === 'away' || status === 'offline' ? (known?.last_activity_at ?? 0) : 0
  const lastActive = since > 0 ? agoOf(since, intl.formatRelativeTime) : ''
  const end = status === 'dnd' ? (known?.dnd_end_time ?? 0) * 1000 : 0
  return (
    <div className={styles.doing}>
      <p>
        <StatusDot status={status} />
        <span>
          {/* The dot says it. */}
          <span aria-hidden>{say(`status.${status}`)}</span>
          {lastActive !== '' && (
            <span className={styles.soft}> {say('people.lastActive', { time: lastActive })}</span>
          )}
          {end > Date.now() && (
            <span className={styles.soft}> {say('status.until', { time: until(end) })}</span>
          )}
        </span>
      </p>
      {custom && (
        <p>
          <span className={styles.emoji}>
            <MarkdownLine text={`:${custom.emoji}:`} />
          </span>
          <span>
            {custom.text}
            {custom.expiresAt > 0 && (
              <span className={styles.soft}> {say('status.until', { time: until(custom.expiresAt) })}</span>
            )}
          </span>
        </p>
      )}
    </div>
  )
}

const LocalTime = ({ user }: { user: User }) => {
  const say = useText()
  const intl = useIntl()
  const now = useSource(minute)
  const zone = zoneOf(user)
  const ahead = minutesBetween(zone, now)
  if (ahead === undefined || user.is_bot) return null
  const time = intl.formatTime(now, { timeZone: zone })
  const hours = intl.formatNumber(Math.abs(ahead) / 60, { maximumFractionDigits: 2 })
  const id = ahead > 0 ? 'people.timeAhead' : ahead < 0 ? 'people.timeBehind' : 'people.timeSame'
  return (
    <div>
      <dt>{say('people.localTime')}</dt>
      <dd>{say(id, { time, hours, isOne: Math.abs(ahead) === 60 ? 'yes' : 'no' })}</dd>
    </div>
  )
}

/** The one thing most people want, and a menu with the rest. */
const Foot = ({ user, close }: { user: User; close(): void }) => {
  const say = useText()
  const shown = useActions('person', user, 'menu').filter(
    ({ action }) => action.name !== 'users.show' && action.name !== 'users.write',
  )
  const write = (): void => {
    close()
    void attempt(() => toConversation([user.id]))
  }
  return (
    <div className={styles.foot}>
      <Button kind="primary" icon={MessageSquare} onClick={write}>
        {say('people.write')}
      </Button>
      {shown.length > 0 && (
        <Menu
          label={say('people.actions', { name: user.username })}
          align="end"
          items={menuItems(shown, user)}
          button={(props) => (
            <IconButton
              {...props}
              icon={EllipsisVertical}
              label={say('people.actions', { name: user.username })}
            />
          )}
        />
      )}
    </div>
  )
}
