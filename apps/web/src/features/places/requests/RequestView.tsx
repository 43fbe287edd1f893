import { requests as operations, type RequestStep, type TeamRequest } from '@plausch/wire'
import { ArrowLeft, ClipboardList } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { toPage, toTeam } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { approveDialog, refuseDialog, withdrawDialog } from './dialogs.ts'
import { PersonLink, PersonLinks } from './people.tsx'
import styles from './Requests.module.css'
import { StateTag } from './StateTag.tsx'
import { useRequest } from './use-request.ts'

/** One request: what is asked for, its state and history, and what the reader can do. */
export const RequestView = ({ id }: { id: string }) => {
  const say = useText()
  const { request, isMissing, problem, put } = useRequest(id)
  return (
    <div className={styles.content}>
      <div className={styles.buttons}>
        <Button kind="quiet" icon={ArrowLeft} onClick={() => toPage('requests')}>
          {say('requests.back')}
        </Button>
      </div>
      {isMissing ? (
        <EmptyState icon={ClipboardList} title={say('requests.missing')} />
      ) : (
        <FormProblem text={problem} />
      )}
      {!request && !problem && <Busy />}
      {request && !isMissing && <Details request={request} put={put} />}
    </div>
  )
}

type DetailsProps = { request: TeamRequest; put(request: TeamRequest): void }

const Details = ({ request, put }: DetailsProps) => {
  const say = useText()
  const { display_name, name, purpose, is_open, group, state } = request
  return (
    <>
      <h2>{display_name}</h2>
      <p className={styles.purpose} dir="auto">
        {purpose}
      </p>
      <dl className={styles.facts}>
        <dt>{say('requests.state')}</dt>
        <dd>
          <span role="status">
            <StateTag state={state} />
          </span>
        </dd>
        <dt>{say('requests.address')}</dt>
        <dd>
          {location.host}/{name}
        </dd>
        <dt>{say('requests.joining')}</dt>
        <dd>{say(is_open ? 'requests.isOpen' : 'requests.isClosed')}</dd>
        <dt>{say('requests.requester')}</dt>
        <dd>
          <PersonLink userId={request.requester_id} />
        </dd>
        <dt>{say('requests.owners')}</dt>
        <dd>
          <PersonLinks userIds={request.owner_ids} />
        </dd>
        {request.endorser_id !== '' && (
          <>
            <dt>{say('requests.endorser')}</dt>
            <dd>
              <PersonLink userId={request.endorser_id} />
            </dd>
          </>
        )}
        {group && (
          <>
            <dt>{say('requests.group')}</dt>
            <dd>{say('requests.groupPeople', { name: group.display_name, count: group.member_count })}</dd>
          </>
        )}
      </dl>
      <FormProblem text={request.is_name_taken ? say('requests.nameTaken') : ''} />
      <Moves request={request} put={put} />
      <h3>{say('requests.history')}</h3>
      <ol className={styles.steps}>
        {request.steps.map((step) => (
          <Step key={`${step.create_at} ${step.step}`} step={step} />
        ))}
      </ol>
    </>
  )
}

/** What the reader can do; after it the focus goes on from the same place. */
const Moves = ({ request, put }: DetailsProps) => {
  const say = useText()
  const place = useRef<HTMLDivElement>(null)
  const { id, can, state, team_name } = request
  const done = (next: TeamRequest): void => {
    put(next)
    place.current?.focus()
  }
  const [isBusy, setBusy] = useState(false)
  const endorse = async (): Promise<void> => {
    setBusy(true)
    await attempt(async () => {
      done(await client.call(operations.endorse, { params: { team_request_id: id } }))
      notify('done', say('requests.endorsed'))
    })
    setBusy(false)
  }
  const isMine = useSource(client.teams.records.at(request.team_id)) !== undefined
  return (
    <div ref={place} className={styles.buttons} tabIndex={-1}>
      {can.includes('endorse') && (
        <Button kind="primary" isBusy={isBusy} onClick={() => void endorse()}>
          {say('requests.endorse')}
        </Button>
      )}
      {can.includes('approve') && (
        <Button kind="primary" onClick={() => approveDialog.open({ request, done })}>
          {say('requests.approve')}
        </Button>
      )}
      {can.includes('refuse') && (
        <Button onClick={() => refuseDialog.open({ request, done })}>{say('requests.refuse')}</Button>
      )}
      {can.includes('withdraw') && (
        <Button onClick={() => withdrawDialog.open({ request, done })}>{say('requests.withdraw')}</Button>
      )}
      {state === 'approved' && isMine && (
        <Button kind="primary" onClick={() => toTeam({ name: team_name })}>
          {say('requests.toTeam')}
        </Button>
      )}
    </div>
  )
}

const STEPS: Record<RequestStep['step'], TextId> = {
  ask: 'requests.stepAsk',
  endorse: 'requests.stepEndorse',
  orphan: 'requests.stepOrphan',
  approve: 'requests.stepApprove',
  refuse: 'requests.stepRefuse',
  withdraw: 'requests.stepWithdraw',
  lapse: 'requests.stepLapse',
}

const Step = ({ step: { step, user_id, create_at, reason } }: { step: RequestStep }) => {
  const say = useText()
  const intl = useIntl()
  useEffect(() => client.users.ensure(user_id === '' ? [] : [user_id]), [user_id])
  const name = useSource(personName(user_id)) || '…'
  return (
    <li>
      {say(STEPS[step], { name })}
      {reason !== '' && <q dir="auto">{reason}</q>}{' '}
      <time dateTime={new Date(create_at).toISOString()}>
        {intl.formatDate(create_at, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
    </li>
  )
}
