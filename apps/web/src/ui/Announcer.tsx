import { announcement } from '../browser/announce.ts'
import { useSource } from '../browser/use-source.ts'
import styles from './Unseen.module.css'

/** The page's only live region. Modal dialogs leave it alone, so that it speaks while one is open. */
export const Announcer = () => (
  <div className={styles.unseen} role="status" aria-live="polite" data-live-announcer="true">
    {useSource(announcement)}
  </div>
)
