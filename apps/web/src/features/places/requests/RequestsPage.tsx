import { ClipboardPen } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { toPage } from '../../../platform/navigation.ts'
import { PageHeader } from '../../../platform/PageHeader.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { askForTeam } from './dialogs.ts'
import { OrphanList } from './OrphanList.tsx'
import { RequestList } from './RequestList.tsx'
import styles from './Requests.module.css'
import { RequestView } from './RequestView.tsx'
import { ReviewList } from './ReviewList.tsx'
import { isAdmin, mayAsk } from './rights.ts'

const ID = /^[a-z0-9]{26}$/
const TABS = ['open', 'closed', 'reviews', 'orphans'] as const
type Tab = (typeof TABS)[number]

/** Requests for teams. `rest` is the id of one of them, or a tab. */
export const RequestsPage = ({ rest }: { rest: string }) => {
  const say = useText()
  return (
    <>
      <PageHeader actions={<Ask />}>{say('requests.title')}</PageHeader>
      <div
        className={styles.page}
        data-landmark
        tabIndex={-1}
        role="region"
        aria-label={say('requests.title')}
      >
        {ID.test(rest) ? <RequestView key={rest} id={rest} /> : <Lists rest={rest} />}
      </div>
    </>
  )
}

const Ask = () => {
  const say = useText()
  return useSource(mayAsk) ? (
    <Button icon={ClipboardPen} onClick={() => askForTeam.open()}>
      {say('requests.ask')}
    </Button>
  ) : null
}

const Lists = ({ rest }: { rest: string }) => {
  const say = useText()
  const administers = useSource(isAdmin)
  const tab: Tab = TABS.find((each) => each === rest) ?? 'open'
  return (
    <Tabs
      label={say('requests.title')}
      chosen={tab}
      tabs={[
        { id: 'open', label: say('requests.tabOpen') },
        { id: 'closed', label: say('requests.tabClosed') },
        { id: 'reviews', label: say('requests.tabReviews') },
        ...(administers ? [{ id: 'orphans' as const, label: say('requests.tabOrphans') }] : []),
      ]}
      onChange={(id) => toPage(id === 'open' ? 'requests' : `requests/${id}`)}
    >
      <div className={styles.content}>
        {tab === 'reviews' && <ReviewList />}
        {tab === 'orphans' && <OrphanList />}
        {(tab === 'open' || tab === 'closed') && <RequestList key={tab} state={tab} />}
      </div>
    </Tabs>
  )
}
