import { sessions as operations, type Session } from '@plausch/wire'
import { Laptop, Smartphone } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { Tag } from '../../../ui/Tag.tsx'
import { endSessionsDialog } from './dialogs.ts'
import { focusLater } from './focus.ts'
import styles from './Security.module.css'

const isCurrent = ({ props }: Session): boolean => props.is_current === 'true'

/** Ends sessions, one after the other. */
const end = async (userId: string, ids: readonly string[]): Promise<void> => {
  for (const session_id of ids)
    await client.call(operations.revoke, { params: { user_id: userId }, body: { session_id } })
}

/** Where the account is signed in: device, last use; each can be ended, or all others at once. */
export const Sessions = ({ userId }: { userId: string }) => {
  const say = useText()
  const [all, setAll] = useState<readonly Session[]>()
  const [problem, setProblem] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)

  const load = useCallback(async (): Promise<void> => {
    try {
      setAll(await client.call(operations.list, { params: { user_id: userId } }))
      setProblem('')
    } catch (error) {
      setProblem(problemOf(error))
    }
  }, [userId])
  useEffect(() => void load(), [load])

  const others = (all ?? []).filter((session) => !isCurrent(session)).map(({ id }) => id)
  const endOne = async (id: string): Promise<void> => {
    await attempt(() => end(userId, [id]))
    await load()
    focusLater(heading)
  }
  const sorted = [...(all ?? [])].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)))
  return (
    <div className={styles.form}>
      <h4 ref={heading} tabIndex={-1}>
        {say('security.sessions')}
      </h4>
      <FormProblem text={problem} />
      {all === undefined && problem === '' && <Busy />}
      <ul className={list.list}>
        {sorted.map((session) => (
          <SessionRow key={session.id} session={session} end={() => void endOne(session.id)} />
        ))}
      </ul>
      {all !== undefined && (
        <div>
          {/* It stays when there are no others left, because it may have the focus. */}
          <Button
            aria-disabled={others.length === 0 || undefined}
            onClick={() =>
              others.length > 0 &&
              endSessionsDialog.open({
                count: others.length,
                run: async () => {
                  await end(userId, others)
                  await load()
                },
              })
            }
          >
            {say(others.length === 0 ? 'security.noOthers' : 'security.endOthers')}
          </Button>
        </div>
      )}
    </div>
  )
}

const SessionRow = ({ session, end: endIt }: { session: Session; end(): void }) => {
  const say = useText()
  const intl = useIntl()
  const { os = '', browser = '' } = session.props
  const isMobile = session.device_id !== '' || /Android|iPhone|iPad/.test(os)
  const Icon = isMobile ? Smartphone : Laptop
  const device = [browser, os].filter(Boolean).join(', ') || say('security.unknownDevice')
  const at = (time: number): string => intl.formatDate(time, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className={list.row}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <div className={list.words}>
        <span className={list.name}>
          {device} {isCurrent(session) && <Tag kind="accent">{say('security.thisDevice')}</Tag>}
        </span>
        <span className={list.side}>
          {say('security.lastUse', { time: at(session.last_activity_at) })}
          {' · '}
          {say('security.since', { time: at(session.create_at) })}
        </span>
      </div>
      {!isCurrent(session) && (
        <Button kind="quiet" onClick={endIt} aria-label={say('security.endNamed', { device })}>
          {say('security.end')}
        </Button>
      )}
    </li>
  )
}
