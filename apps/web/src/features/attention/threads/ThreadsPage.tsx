import { type FollowedThread, select } from '@plausch/client'
import { CheckCheck, MessagesSquare } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { PageHeader } from '../../../platform/PageHeader.tsx'
import { openPane } from '../../../platform/panes.ts'
import { here } from '../../../platform/place.ts'
import { openThreadAt } from '../../../platform/threading.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { threadPane } from './panes.ts'
import { ThreadRow } from './ThreadRow.tsx'
import styles from './ThreadsPage.module.css'

type Filter = 'all' | 'unread'

const NONE: readonly string[] = []

const isUnread = (thread: FollowedThread | undefined): boolean =>
  thread !== undefined && (thread.unread_replies > 0 || thread.unread_mentions > 0)

/**
 * The ids to show. What was unread when the filter was chosen stays while it is chosen: a row must not
 * disappear under the eyes of the person who has just opened it.
 */
const useShown = (teamId: string, filter: Filter): readonly string[] => {
  const ids = useSource(client.threads.byTeam.at(teamId))?.ids ?? NONE
  const unread = useSource(
    useMemo(
      () => select((read) => ids.filter((id) => isUnread(read(client.threads.records.at(id)))).join()),
      [ids],
    ),
  )
  const [kept, setKept] = useState(() => new Set<string>())
  useEffect(() => {
    if (filter === 'all') setKept(new Set())
    else setKept((before) => new Set([...before, ...unread.split(',')]))
  }, [filter, unread])
  return filter === 'all' ? ids : ids.filter((id) => kept.has(id) || unread.includes(id))
}

/** The threads that the reader follows in a team; `rest` is the id of one to open. */
export const ThreadsPage = ({ rest }: { rest: string }) => {
  const say = useText()
  const { team } = useSource(here)
  const teamId = team?.id ?? ''
  const totals = useSource(client.threads.byTeam.at(teamId))
  const [filter, setFilter] = useState<Filter>('all')
  const ids = useShown(teamId, filter)
  const [hasFailed, setFailed] = useState(false)
  const current = useOpenThread(rest)

  useEffect(() => {
    if (!client.threads.byTeam.has(teamId))
      client.threads.open(teamId).then(
        () => setFailed(false),
        () => setFailed(true),
      )
  }, [teamId])

  const readAll = (): void => void attempt(() => client.threads.readAll(teamId))
  return (
    <>
      <PageHeader
        actions={
          (totals?.unread ?? 0) > 0 && (
            <IconButton icon={CheckCheck} label={say('threads.readAllShort')} onClick={readAll} />
          )
        }
      >
        {say('threads.title')}
      </PageHeader>
      <div
        className={styles.page}
        data-landmark
        tabIndex={-1}
        role="region"
        aria-label={say('threads.title')}
      >
        <Tabs<Filter>
          label={say('threads.filter')}
          tabs={[
            { id: 'all', label: say('threads.all') },
            { id: 'unread', label: say('threads.unread'), count: totals?.unread ?? 0 },
          ]}
          chosen={filter}
          onChange={setFilter}
        >
          {totals === undefined ? (
            hasFailed ? (
              <EmptyState title={say('problem.offline')} />
            ) : (
              <Busy />
            )
          ) : (
            <Rows ids={ids} current={current} teamName={team?.name ?? ''} filter={filter} />
          )}
          {totals && totals.ids.length < totals.total && (
            <Button kind="quiet" onClick={() => void attempt(() => client.threads.loadMore(teamId))}>
              {say('threads.more')}
            </Button>
          )}
        </Tabs>
      </div>
    </>
  )
}

/** Opens the thread that the address names; returns the one whose pane is open. */
const useOpenThread = (wanted: string): string => {
  const pane = useSource(openPane)
  useEffect(() => {
    if (wanted !== '') openThreadAt(wanted, '')
  }, [wanted])
  const props: { rootId?: string } = (threadPane.isOpen(pane) && pane?.props) || {}
  return props.rootId ?? ''
}

type RowsProps = { ids: readonly string[]; current: string; teamName: string; filter: Filter }

const Rows = ({ ids, current, teamName, filter }: RowsProps) => {
  const say = useText()
  const [focused, setFocused] = useState('')
  if (ids.length === 0)
    return filter === 'unread' ? (
      <EmptyState icon={CheckCheck} title={say('threads.noneUnread')}>
        {say('threads.noneUnreadLead')}
      </EmptyState>
    ) : (
      <EmptyState icon={MessagesSquare} title={say('threads.none')}>
        {say('threads.lead')}
      </EmptyState>
    )
  const stop = ids.includes(focused) ? focused : ids.includes(current) ? current : ids[0]
  return (
    <ul className={styles.rows} onKeyDown={moveByKeys}>
      {ids.map((id) => (
        <li key={id} onFocus={() => setFocused(id)}>
          <ThreadRow
            threadId={id}
            isCurrent={id === current}
            isStop={id === stop}
            open={() => {
              goTo(`/${teamName}/threads/${id}`)
              // The address may be this one already, with the pane closed.
              openThreadAt(id, '')
            }}
          />
        </li>
      ))}
    </ul>
  )
}

const moveByKeys = (event: KeyboardEvent<HTMLUListElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-thread-row]')]
  const at = rows.findIndex((row) => row.matches(':focus'))
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus()
}
