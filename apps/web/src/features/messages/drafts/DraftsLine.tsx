import { FilePen } from 'lucide-react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import unseen from '../../../ui/Unseen.module.css'
import styles from './DraftsLine.module.css'
import { countIn } from './draft-list.ts'

/** The way to the drafts in the sidebar, with their number; it also tells that something was not sent. */
export const DraftsLine = () => {
  const say = useText()
  const { team, place } = useSource(here)
  const count = useSource(countIn(team?.id ?? ''))
  const inTeam = useSource(client.scheduled.byTeam.at(team?.id ?? '')) ?? []
  const direct = useSource(client.scheduled.byTeam.at('')) ?? []
  const failed = [...inTeam, ...direct].filter(({ error_code }) => error_code !== '').length
  const isCurrent = place.state === 'page' && place.name === 'drafts'
  return (
    <Link
      to={`/${team?.name ?? ''}/drafts${failed > 0 ? '/scheduled' : ''}`}
      className={styles.line}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <FilePen size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.name}>{say('drafts.line')}</span>
      {count > 0 && (
        <span className={styles.count}>
          <span aria-hidden>{count}</span>
          <span className={unseen.unseen}>{say('drafts.count', { count })}</span>
        </span>
      )}
      {failed > 0 && (
        <span className={styles.failed}>
          <span aria-hidden>{failed}</span>
          <span className={unseen.unseen}>{say('drafts.countFailed', { count: failed })}</span>
        </span>
      )}
    </Link>
  )
}
