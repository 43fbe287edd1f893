import { announcement } from '../browser/announce.ts'
import { useSource } from '../browser/use-source.ts'
import styles from './Unseen.module.css'

/** The page's only live region. */
export const Announcer = () => (
  <div className={styles.unseen} role="status" aria-live="polite">
    {useSource(announcement)}
  </div>
)
