import type { Team } from '@plausch/wire'
import { ArrowRightLeft, Search } from 'lucide-react'
import type { RefObject } from 'react'
import { UserMenu } from '../features/people/users/UserMenu.tsx'
import { Sidebar } from '../features/places/categories/Sidebar.tsx'
import { openSwitcher } from '../features/places/channels/switching.ts'
import { TeamMenu } from '../features/places/teams/TeamMenu.tsx'
import { useText } from '../i18n/text.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { partsOf } from '../platform/feature.ts'
import { searchFor } from '../platform/searching.ts'
import { IconButton } from '../ui/Button.tsx'
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
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && isDrawerOpen.set(false)}
    >
      <div className={styles.team}>
        <TeamMenu team={team} />
      </div>
      <div className={styles.find}>
        <button type="button" className={styles.search} onClick={openSwitcher}>
          <ArrowRightLeft size={16} strokeWidth={1.75} aria-hidden />
          <span>{say('switcher.open')}</span>
          <kbd>{keyName('Ctrl+K')}</kbd>
        </button>
        <IconButton
          icon={Search}
          label={say('search.title')}
          keys={keyName('Ctrl+Shift+F')}
          onClick={() => searchFor()}
        />
      </div>
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
