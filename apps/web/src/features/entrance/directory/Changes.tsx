import { type DirectoryChange, type Job, directory as operations } from '@plausch/wire'
import { useState } from 'react'
import { type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import { reasonText } from './words.ts'

const PAGE = 50

const sentences: Record<DirectoryChange['kind'], TextId> = {
  created: 'directory.did.created',
  changed: 'directory.did.changed',
  restored: 'directory.did.restored',
  deactivated: 'directory.did.deactivated',
  group_joined: 'directory.did.groupJoined',
  group_left: 'directory.did.groupLeft',
  joined: 'directory.did.joined',
  left: 'directory.did.left',
  promoted: 'directory.did.promoted',
  demoted: 'directory.did.demoted',
}

/** What one pass has changed, and why. */
export const Changes = ({ job }: { job: Job }) => {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say('directory.changes')}
      </Button>
      {isOpen && <List job={job} />}
    </>
  )
}

const List = ({ job }: { job: Job }) => {
  const say = useText()
  const params = { job_id: job.id }
  const found = useFound(`${job.id} ${job.status}`, '', async (page) =>
    pageOf(await client.call(operations.listChanges, { params, query: { page, per_page: PAGE } }), PAGE),
  )
  return (
    <FoundList
      found={found}
      label={say('directory.changes')}
      none={<EmptyState title={say('directory.noChanges')} />}
      keyOf={({ at, kind, user_id, place_id }) => [at, kind, user_id, place_id].join()}
      render={(change) => <Line change={change} />}
    />
  )
}

const Line = ({ change }: { change: DirectoryChange }) => {
  const say = useText()
  const { kind, username, user_id, display_name, reason } = change
  // What a reader may not know has no name.
  const place = display_name || say('directory.privatePlace')
  return (
    <span className={list.words}>
      <span className={list.name}>{say(sentences[kind], { user: `@${username || user_id}`, place })}</span>
      {reason !== '' && (
        <span className={list.side}>{kind === 'deactivated' ? reasonText(say, reason) : reason}</span>
      )}
    </span>
  )
}
