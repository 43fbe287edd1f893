import { MessagesSquare } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { Badge } from '../../../ui/Badge.tsx'
import unseen from '../../../ui/Unseen.module.css'
import { SideLine } from '../../places/categories/SideLine.tsx'

/** The line of the sidebar that leads to the followed threads: bold with unread replies, and the mentions. */
export const ThreadsEntry = () => {
  const say = useText()
  const isCollapsed = useSource(client.isCollapsed)
  const { team, place } = useSource(here)
  const totals = useSource(client.threads.byTeam.at(team?.id ?? ''))
  if (!isCollapsed || !team) return null
  const isCurrent = place.state === 'page' && place.name === 'threads'
  const { unread = 0, mentions = 0 } = totals ?? {}
  return (
    <SideLine
      to={`/${team.name}/threads`}
      icon={MessagesSquare}
      isCurrent={isCurrent}
      isUnread={unread > 0}
      label={say('threads.title')}
    >
      {unread > 0 && mentions === 0 && (
        <span className={unseen.unseen}>{say('threads.unreadCount', { count: unread })}</span>
      )}
      <Badge count={mentions} label={say('unread.mentions', { count: mentions })} />
    </SideLine>
  )
}
