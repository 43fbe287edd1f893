import type { Team } from '@plausch/wire'
import { Plus } from 'lucide-react'
import { type DragEvent, useRef } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { menuItems, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { useContextMenu } from '../../../ui/context-menu.ts'
import unseen from '../../../ui/Unseen.module.css'
import { openTeams } from './dialogs.ts'
import { orderedTeams, putTeamBeside } from './order.ts'
import { TeamMark } from './TeamMark.tsx'
import styles from './TeamRail.module.css'

/** The reader's teams at the very left, if there is more than one. */
export const TeamRail = ({ teamId }: { teamId: string }) => {
  const say = useText()
  const teams = useSource(orderedTeams)
  const dragged = useRef('')
  if (teams.length < 2) return null
  const drop = (event: DragEvent, onto: string): void => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const moved = dragged.current
    if (moved === '' || moved === onto) return
    void attempt(() => putTeamBeside(moved, onto, event.clientY > top + height / 2))
  }
  return (
    <div className={styles.rail}>
      <ul aria-label={say('team.rail')}>
        {teams.map((team) => (
          <li
            key={team.id}
            draggable
            onDragStart={() => {
              dragged.current = team.id
            }}
            onDragOver={(event) => dragged.current !== '' && event.preventDefault()}
            onDrop={(event) => drop(event, team.id)}
            onDragEnd={() => {
              dragged.current = ''
            }}
          >
            <TeamLink team={team} isCurrent={team.id === teamId} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={styles.more}
        aria-label={say('team.open')}
        data-tip={say('team.open')}
        onClick={() => openTeams.open()}
      >
        <Plus size={18} strokeWidth={1.75} aria-hidden />
      </button>
    </div>
  )
}

const TeamLink = ({ team, isCurrent }: { team: Team; isCurrent: boolean }) => {
  const say = useText()
  const { messages, mentions } = useSource(client.unreads.ofTeam(team.id))
  const note =
    mentions > 0
      ? say('unread.mentions', { count: mentions })
      : messages > 0
        ? say('unread.messages', { count: messages })
        : ''
  const menu = useContextMenu(
    () => menuItems(shownOn('team', team, 'menu').get(), team),
    say('team.actions', { team: team.display_name }),
  )
  return (
    <Link
      to={`/${team.name}`}
      className={styles.team}
      aria-current={isCurrent ? 'true' : undefined}
      data-tip={team.display_name}
      data-menu
      {...menu}
    >
      <TeamMark team={team} />
      <span className={unseen.unseen}>{team.display_name}</span>
      {note && <span className={unseen.unseen}>{note}</span>}
      {!isCurrent && mentions > 0 && (
        <span className={styles.mentions} aria-hidden>
          {mentions > 99 ? '99+' : mentions}
        </span>
      )}
      {!isCurrent && mentions === 0 && messages > 0 && <span className={styles.dot} aria-hidden />}
    </Link>
  )
}
