import { ChevronDown, Plus, UserPlus } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import styles from './TeamMenu.module.css'

type TeamMenuProps = {
  teamId: string
  go(teamName: string): void
  invite: (() => void) | undefined
  create: (() => void) | undefined
}

/** The name of the team, and a menu with the others. */
export const TeamMenu = ({ teamId, go, invite, create }: TeamMenuProps) => {
  const say = useText()
  const team = useSource(client.teams.records.at(teamId))
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
    ...(invite ? [{ label: say('team.invite'), icon: UserPlus, run: invite }] : []),
    ...(create ? [{ label: say('team.create'), icon: Plus, run: create }] : []),
    ...(all.length > 1 ? [{ kind: 'heading' as const, label: say('team.switch') }] : []),
    ...(all.length > 1
      ? all.map((each) => ({
          label: each.display_name,
          hint: each.id === teamId ? undefined : noteOf(each.id),
          isChosen: each.id === teamId,
          run: () => go(each.name),
        }))
      : []),
  ]
  const name = <span className={styles.name}>{team?.display_name}</span>
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
