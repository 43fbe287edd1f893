import { requests as operations, type TeamRequest } from '@plausch/wire'
import { ClipboardList } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { toPage } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { useFound } from '../../../ui/use-found.ts'
import styles from './Requests.module.css'
import { StateTag } from './StateTag.tsx'

const PAGE = 60

/** The requests that concern the reader; they are asked for again when one of them changes. */
export const RequestList = ({ state }: { state: 'open' | 'closed' }) => {
  const say = useText()
  const changes = useSource(client.requests.changes)
  const { items, hasMore, isBusy, problem, more } = useFound(`${state}/${changes}`, '', async (page) => {
    const found = await client.call(operations.list, { query: { state, page, per_page: PAGE } })
    client.users.ensure(found.map(({ requester_id }) => requester_id))
    return { items: found, hasMore: found.length === PAGE }
  })
  return (
    <>
      <FormProblem text={problem} />
      {!items && isBusy && <Busy />}
      {items?.length === 0 && (
        <EmptyState
          icon={ClipboardList}
          title={say(state === 'open' ? 'requests.noneOpen' : 'requests.noneClosed')}
        >
          {say('requests.noneLead')}
        </EmptyState>
      )}
      <ul className={list.list} aria-label={say('requests.title')} aria-busy={isBusy}>
        {items?.map((request) => (
          <li key={request.id}>
            <Row request={request} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button kind="quiet" isBusy={isBusy} onClick={more}>
          {say('members.more')}
        </Button>
      )}
    </>
  )
}

const Row = ({ request }: { request: TeamRequest }) => {
  const say = useText()
  const { id, display_name, name, requester_id, state } = request
  const requester = useSource(personName(requester_id)) || '…'
  return (
    <button type="button" className={`${list.row} ${styles.link}`} onClick={() => toPage(`requests/${id}`)}>
      <span className={list.words}>
        <span className={list.name}>{display_name}</span>
        <span className={list.side}>
          /{name} · {say('requests.by', { name: requester })}
        </span>
      </span>
      <StateTag state={state} />
    </button>
  )
}
