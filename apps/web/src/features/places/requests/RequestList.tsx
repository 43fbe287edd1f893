import { requests as operations, type TeamRequest } from '@plausch/wire'
import { ClipboardList } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { toPage } from '../../../platform/navigation.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import styles from './Requests.module.css'
import { StateTag } from './StateTag.tsx'

const PAGE = 60

/** The requests that concern the reader; they are asked for again when one of them changes. */
export const RequestList = ({ state }: { state: 'open' | 'closed' }) => {
  const say = useText()
  const changes = useSource(client.requests.changes)
  const found = useFound(state, '', async (page) => {
    const answer = await client.call(operations.list, { query: { state, page, per_page: PAGE } })
    client.users.ensure(answer.map(({ requester_id }) => requester_id))
    return pageOf(answer, PAGE)
  })
  const known = useRef(changes)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again after each change
  useEffect(() => {
    if (known.current !== changes) found.again()
    known.current = changes
  }, [changes])
  return (
    <FoundList
      found={found}
      label={say('requests.title')}
      none={
        <EmptyState
          icon={ClipboardList}
          title={say(state === 'open' ? 'requests.noneOpen' : 'requests.noneClosed')}
        >
          {say('requests.noneLead')}
        </EmptyState>
      }
      keyOf={({ id }) => id}
      render={(request) => <Row request={request} />}
    />
  )
}

const Row = ({ request }: { request: TeamRequest }) => {
  const say = useText()
  const { id, display_name, name, requester_id, state } = request
  const requester = useSource(personName(requester_id)) || '…'
  return (
    <button type="button" className={styles.link} onClick={() => toPage(`requests/${id}`)}>
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
