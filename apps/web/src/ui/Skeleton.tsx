import styles from './Skeleton.module.css'

type SkeletonProps = {
  /** Lines of text, or rows with a face. */
  kind?: 'text' | 'rows'
  count?: number
}

/** Keeps the place of what is being loaded. What loads tells of itself; screen readers skip this. */
export const Skeleton = ({ kind = 'text', count = 3 }: SkeletonProps) => (
  <div className={styles.skeleton} data-kind={kind} aria-hidden>
    {Array.from({ length: count }, (_, i) => (
      <span key={i} />
    ))}
  </div>
)
