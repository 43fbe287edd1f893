import { EMPTY } from '@plausch/client'
import { FilePen, Pencil, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import { notify } from '../../../browser/notices.ts'
import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, postPath } from '../../../platform/names.ts'
import { toChannel, toPage } from '../../../platform/navigation.ts'
import { PageHeader } from '../../../platform/PageHeader.tsx'
import { here } from '../../../platform/place.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { Tabs } from '../../../ui/Tabs.tsx'
import { ScheduledList, useScheduled } from '../scheduled/ScheduledList.tsx'
import { sent } from '../uploads/attachments.ts'
import styles from './DraftsPage.module.css'
import { type Begun, draftsIn } from './draft-list.ts'

/** What was begun, and what is sent later. `rest` is the tab. */
export const DraftsPage = ({ rest }: { rest: string }) => {
  const say = useText()
  const teamId = useSource(here).team?.id ?? ''
  const drafts = useSource(draftsIn(teamId))
  const scheduled = useScheduled(teamId)
  const tab = rest === 'scheduled' ? 'scheduled' : 'drafts'

  useEffect(() => {
    void attempt(() => Promise.all([client.drafts.open(teamId), client.scheduled.open(teamId)]))
  }, [teamId])

  return (
    <>
      <PageHeader>{say('drafts.title')}</PageHeader>
      <div className={styles.page} data-landmark tabIndex={-1} role="region" aria-label={say('drafts.title')}>
        <Tabs
          label={say('drafts.title')}
          chosen={tab}
          tabs={[
            { id: 'drafts', label: say('drafts.drafts'), count: drafts.length },
            { id: 'scheduled', label: say('scheduled.title'), count: scheduled.length },
          ]}
          onChange={(id) => toPage(id === 'drafts' ? 'drafts' : 'drafts/scheduled')}
        >
          <div className={styles.content}>
            {tab === 'drafts' ? <DraftList drafts={drafts} /> : <ScheduledList posts={scheduled} />}
          </div>
        </Tabs>
      </div>
    </>
  )
}

const DraftList = ({ drafts }: { drafts: readonly Begun[] }) => {
  const say = useText()
  if (drafts.length === 0)
    return (
      <EmptyState icon={FilePen} title={say('drafts.empty')}>
        {say('drafts.emptyLead')}
      </EmptyState>
    )
  return (
    <ul className={styles.list} aria-label={say('drafts.drafts')}>
      {drafts.map((draft) => (
        <li key={draft.key} className={styles.item}>
          <Draft draft={draft} />
        </li>
      ))}
    </ul>
  )
}

const open = ({ channelId, rootId }: Begun): void => {
  const channel = client.channels.records.one(channelId)
  // A thread is opened by its root.
  if (rootId !== '') goTo(postPath(here.get().team?.name ?? '', rootId))
  else if (channel) toChannel(channel)
}

const Draft = ({ draft }: { draft: Begun }) => {
  const say = useText()
  const { channelId, rootId, written } = draft
  const name = useSource(channelName(channelId))

  const remove = (): void => {
    sent(draft.key)
    client.drafts.write(channelId, rootId, EMPTY)
    notify('done', say('drafts.removed'), {
      label: say('drafts.undo'),
      run: () => client.drafts.write(channelId, rootId, written),
    })
  }

  return (
    <>
      <button type="button" className={styles.main} onClick={() => open(draft)}>
        <strong>{rootId === '' ? name : say('drafts.inThread', { name })}</strong>
        <span className={styles.text} dir="auto">
          {summary(written.message, 300)}
        </span>
        {written.fileIds.length > 0 && (
          <span className={styles.note}>{say('drafts.files', { count: written.fileIds.length })}</span>
        )}
        {!client.drafts.isSaved(channelId, rootId) && (
          <span className={styles.note}>{say('drafts.unsaved')}</span>
        )}
      </button>
      <span className={styles.tools}>
        <IconButton icon={Pencil} label={say('drafts.edit')} onClick={() => open(draft)} />
        <IconButton icon={Trash2} label={say('drafts.remove')} onClick={remove} />
      </span>
    </>
  )
}
