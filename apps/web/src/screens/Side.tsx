import type { Team } from '@plausch/wire'
import { Search } from 'lucide-react'
import type { RefObject } from 'react'
import { UserMenu } from '../features/people/presence/UserMenu.tsx'
import { Sidebar } from '../features/places/categories/Sidebar.tsx'
import { quickSwitcher } from '../features/places/channels/dialogs.ts'
import { TeamMenu } from '../features/places/teams/TeamMenu.tsx'
import { useText } from '../i18n/text.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { partsOf } from '../platform/feature.ts'
import { keyName } from '../ui/key-name.ts'
import styles from './Main.module.css'

type SideProps = { ref: RefObject<HTMLElement | null>; team: Team }

/** The left side: the team, the switcher, the channels, the user menu. */
export const Side = ({ ref, team }: SideProps) => {
  const say = useText()
  return (
    <nav
      ref={ref}
      className={styles.side}
      aria-label={say('main.channels')}
      data-landmark
      data-shelf
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && isDrawerOpen.set(false)}
    >
      <div className={styles.team}>
        <TeamMenu team={team} />
      </div>
      <button type="button" className={styles.search} onClick={() => quickSwitcher.open({ teamId: team.id })}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span>{say('switcher.open')}</span>
        <kbd>{keyName('Ctrl+K')}</kbd>
      </button>
      {partsOf('sidebar').map((Part, i) => (
        <Part key={i} />
      ))}
      <Sidebar teamId={team.id} teamName={team.name} />
      <div className={styles.user}>
        <UserMenu />
      </div>
    </nav>
  )
}
