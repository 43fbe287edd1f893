import type { Team } from '@plausch/wire'
import { ChevronDown } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import styles from './TeamMenu.module.css'

/** The name of the team, and a menu with what one can do in it, and with the others. */
export const TeamMenu = ({ team }: { team: Team }) => {
  const say = useText()
  const teamId = team.id
  const all = useSource(client.teams.sorted)
  // The numbers of the other teams change with every message.
  useSource(client.members.mine)
  useSource(client.channels.records)
  const noteOf = (id: string): string | undefined => {
    const { messages, mentions } = client.unreads.ofTeam(id).get()
    if (mentions > 0) return say('unread.mentions', { count: mentions })
    return messages > 0 ? say('unread.messages', { count: messages }) : undefined
  }
  const others = all.filter(({ id }) => id !== teamId)
  const hasNews = others.some(({ id }) => noteOf(id) !== undefined)
  const items: MenuItem[] = [
    ...menuItems(useActions('team', team, 'menu'), team),
    ...menuItems(
      useActions('app', null, 'menu').filter(({ action }) => action.name.startsWith('teams.')),
      null,
    ),
    ...(all.length > 1 ? [{ kind: 'heading' as const, label: say('team.switch') }] : []),
    ...(all.length > 1
      ? all.map((each) => ({
          label: each.display_name,
          hint: each.id === teamId ? undefined : noteOf(each.id),
          isChosen: each.id === teamId,
          run: () => toTeam(each),
        }))
      : []),
  ]
  const name = <span className={styles.name}>{team.display_name}</span>
  if (items.length === 0) return <p className={styles.team}>{name}</p>
  return (
    <Menu
      label={say('team.menu')}
      items={items}
      button={(props) => (
        <button type="button" {...props} className={styles.team}>
          {name}
          {hasNews && <span className={styles.news} role="img" aria-label={say('team.news')} />}
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
    />
  )
}
