import { select } from '@plausch/client'
import type { Team } from '@plausch/wire'
import { ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { orderedTeams } from './order.ts'
import { TeamMark } from './TeamMark.tsx'
import styles from './TeamMenu.module.css'

/** Is there anything unread in other teams? It changes rarely, other than the numbers. */
const newsBeside = (teamId: string) =>
  select((read) =>
    read(orderedTeams).some(({ id }) => {
      if (id === teamId) return false
      const { messages, mentions } = read(client.unreads.ofTeam(id))
      return messages > 0 || mentions > 0
    }),
  )

/** The name of the team, and a menu with what one can do in it, and with the others. */
export const TeamMenu = ({ team }: { team: Team }) => {
  const say = useText()
  const all = useSource(orderedTeams)
  const hasNews = useSource(useMemo(() => newsBeside(team.id), [team.id]))
  const noteOf = (id: string): string | undefined => {
    const { messages, mentions } = client.unreads.ofTeam(id).get()
    if (mentions > 0) return say('unread.mentions', { count: mentions })
    return messages > 0 ? say('unread.messages', { count: messages }) : undefined
  }
  const items: MenuItem[] = [
    ...menuItems(
      useActions('team', team, 'menu').filter(({ action }) => action.group !== 'move'),
      team,
    ),
    { kind: 'line' },
    ...menuItems(
      useActions('app', null, 'menu').filter(({ action }) => action.name.startsWith('teams.')),
      null,
    ),
    ...(all.length > 1 ? [{ kind: 'heading' as const, label: say('team.switch') }] : []),
    ...(all.length > 1
      ? all.map((each) => ({
          label: each.display_name,
          mark: <TeamMark team={each} size={20} />,
          hint: each.id === team.id ? undefined : noteOf(each.id),
          isChosen: each.id === team.id,
          run: () => toTeam(each),
        }))
      : []),
  ]
  return (
    <Menu
      label={say('team.menu')}
      items={items}
      button={(props) => (
        <button type="button" {...props} className={styles.team}>
          <span className={styles.name}>{team.display_name}</span>
          {hasNews && <span className={styles.news} role="img" aria-label={say('team.news')} />}
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
    />
  )
}
