import styles from './Composer.module.css'

/** The room that the composer takes, until its code is loaded: nothing moves when it comes. */
export const ComposerPlace = () => (
  <div className={styles.place} aria-hidden>
    <div className={styles.box}>
      <div className={styles.coming} />
    </div>
    <div className={styles.gap} />
  </div>
)
