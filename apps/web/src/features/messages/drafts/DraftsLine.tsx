import { FilePen } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { Badge } from '../../../ui/Badge.tsx'
import unseen from '../../../ui/Unseen.module.css'
import { SideLine } from '../../places/categories/SideLine.tsx'
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
    <SideLine
      to={`/${team?.name ?? ''}/drafts${failed > 0 ? '/scheduled' : ''}`}
      icon={FilePen}
      isCurrent={isCurrent}
      label={say('drafts.line')}
    >
      {count > 0 && (
        <small>
          <span aria-hidden>{count}</span>
          <span className={unseen.unseen}>{say('drafts.count', { count })}</span>
        </small>
      )}
      <Badge count={failed} label={say('drafts.countFailed', { count: failed })} />
    </SideLine>
  )
}
