import type { Category, Team } from '@plausch/wire'
import { MessageSquarePlus, Plus, Search, Telescope } from 'lucide-react'
import { type RefObject, useCallback } from 'react'
import { useLocation } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { UserMenu } from '../features/people/users/UserMenu.tsx'
import { Sidebar } from '../features/places/categories/Sidebar.tsx'
import { TeamMenu } from '../features/places/teams/TeamMenu.tsx'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { keyName } from '../ui/key-name.ts'
import type { MenuItem } from '../ui/Menu.tsx'
import type { DialogName } from './Dialogs.tsx'
import styles from './Main.module.css'

type SideProps = {
  ref: RefObject<HTMLElement | null>
  team: Team
  channelId: string
  show(dialog: DialogName): void
  /** On narrow screens the side is a drawer. */
  closeDrawer(): void
}

/** The left side: the team, the switcher, the channels, the user menu. */
export const Side = ({ ref, team, channelId, show, closeDrawer }: SideProps) => {
  const say = useText()
  const [, navigate] = useLocation()
  const permissions = useSource(client.roles.permissions(team.id))
  const mayCreate = permissions.has('create_public_channel') || permissions.has('create_private_channel')

  const additions = useCallback(
    (category: Category): MenuItem[] => {
      const browse = { label: say('channel.browse'), icon: Telescope, run: () => show({ kind: 'browse' }) }
      const create = { label: say('channel.create'), icon: Plus, run: () => show({ kind: 'create' }) }
      const talk = {
        label: say('conversation.new'),
        icon: MessageSquarePlus,
        run: () => show({ kind: 'conversation' }),
      }
      if (category.type === 'direct_messages') return [talk]
      if (category.type !== 'channels') return []
      return mayCreate ? [browse, create] : [browse]
    },
    [say, show, mayCreate],
  )

  return (
    <nav
      ref={ref}
      className={styles.side}
      aria-label={say('main.channels')}
      data-landmark
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && closeDrawer()}
    >
      <div className={styles.team}>
        <TeamMenu
          teamId={team.id}
          go={(name) => navigate(`/${name}`)}
          invite={team.invite_id === '' ? undefined : () => show({ kind: 'invite' })}
          create={permissions.has('create_team') ? () => show({ kind: 'createTeam' }) : undefined}
        />
      </div>
      <button type="button" className={styles.search} onClick={() => show({ kind: 'switcher' })}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span>{say('switcher.open')}</span>
        <kbd>{keyName('Ctrl+K')}</kbd>
      </button>
      <Sidebar teamId={team.id} teamName={team.name} current={channelId} additions={additions} />
      <div className={styles.user}>
        <UserMenu showShortcuts={() => show({ kind: 'shortcuts' })} />
      </div>
    </nav>
  )
}
