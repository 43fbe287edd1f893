import type { ReactNode } from 'react'
import styles from './PageFrame.module.css'

type PageFrameProps = {
  title: string
  /** What one sees or does here, in a sentence or two. */
  lead?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A page of the console. */
export const PageFrame = ({ title, lead, actions, children }: PageFrameProps) => (
  <div className={styles.page}>
    <header className={styles.head}>
      <h1>{title}</h1>
      {actions && <div className={styles.actions}>{actions}</div>}
      {lead && <p>{lead}</p>}
    </header>
    {children}
  </div>
)

type SectionProps = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A part of a page. */
export const Section = ({ title, lead, actions, children }: SectionProps) => (
  <section className={styles.section} aria-label={title}>
    <div className={styles.head}>
      <h2>{title}</h2>
      {actions && <div className={styles.actions}>{actions}</div>}
      {lead && <p>{lead}</p>}
    </div>
    {children}
  </section>
)
