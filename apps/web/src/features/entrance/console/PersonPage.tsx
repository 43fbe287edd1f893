import { users as operations, presence, sessions, type User } from '@plausch/wire'
import { ArrowLeft } from 'lucide-react'
import { Link as PageLink } from 'wouter'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { PageFrame, Section } from '../../../platform/console/PageFrame.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './Administration.module.css'
import { Memberships } from './Memberships.tsx'
import { roleText, wayText } from './words.ts'

type Known = { user: User; activeAt: number | undefined; sessionCount: number | undefined }

/** What the reader may not know is left out. */
const load = async (user_id: string): Promise<Known> => {
  const params = { user_id }
  const [user, activeAt, sessionCount] = await Promise.all([
    client.call(operations.get, { params }),
    client.call(presence.get, { params }).then(
      ({ last_activity_at }) => last_activity_at,
      () => undefined,
    ),
    client.call(sessions.list, { params }).then(
      (all) => all.length,
      () => undefined,
    ),
  ])
  return { user, activeAt, sessionCount }
}

const nameOf = ({ first_name, last_name, username }: User): string =>
  `${first_name} ${last_name}`.trim() || username

/** An account: how it signs in, when it was used last, and where its memberships come from. */
export const PersonPage = ({ id, back }: { id: string; back: string }) => {
  const say = useText()
  const { value, problem } = useAnswer(() => load(id), id)
  return (
    <PageFrame title={value ? nameOf(value.user) : say('administration.person')}>
      <PageLink className={styles.back} to={back}>
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden /> {say('administration.allPeople')}
      </PageLink>
      <FormProblem text={problem} />
      {!value && problem === '' && <Busy />}
      {value && (
        <>
          <Section title={say('administration.account')}>
            <Facts known={value} />
          </Section>
          {!value.user.is_bot && <Memberships user={value.user} />}
        </>
      )}
    </PageFrame>
  )
}

const Facts = ({ known: { user, activeAt, sessionCount } }: { known: Known }) => {
  const say = useText()
  const intl = useIntl()
  const dated = (at: number): string => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })
  const facts: (readonly [string, string])[] = [
    [say('administration.username'), `@${user.username}`],
    ...(user.email === '' ? [] : [[say('administration.address'), user.email] as const]),
    [
      say('administration.signsIn'),
      user.is_bot ? say('administration.bot') : wayText(say, user.auth_service),
    ],
    [
      say('administration.roles'),
      user.roles
        .split(' ')
        .filter(Boolean)
        .map((role) => roleText(say, role))
        .join(', '),
    ],
    ...(activeAt === undefined
      ? []
      : [
          [
            say('administration.lastActive'),
            activeAt > 0 ? dated(activeAt) : say('administration.never'),
          ] as const,
        ]),
    ...(sessionCount === undefined
      ? []
      : [[say('administration.sessions'), intl.formatNumber(sessionCount)] as const]),
    [say('administration.since'), dated(user.create_at)],
    ...(user.delete_at > 0 ? [[say('administration.offSince'), dated(user.delete_at)] as const] : []),
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
