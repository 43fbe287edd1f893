import type { Team } from '@plausch/wire'
import { initialsOf } from '../../../ui/Avatar.tsx'
import styles from './TeamMark.module.css'

/** The picture of a team, or its initials. Its name is beside it, so screen readers skip it. */
export const TeamMark = ({ team, size = 36 }: { team: Team; size?: 20 | 36 | 72 }) =>
  team.last_team_icon_update > 0 ? (
    <img
      className={styles.mark}
      data-size={size}
      src={`/api/v4/teams/${team.id}/image?_=${team.last_team_icon_update}`}
      width={size}
      height={size}
      alt=""
      draggable={false}
    />
  ) : (
    <span className={styles.mark} data-size={size} aria-hidden>
      {initialsOf(team.display_name)}
    </span>
  )
