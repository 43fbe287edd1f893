import { useId } from 'react'
import styles from './Progress.module.css'

type ProgressProps = {
  label: string
  /** From 0 to 1; undefined if nobody knows how far it is. */
  value?: number
  /** The label is read but not shown, for example because a file name is beside it. */
  isQuiet?: boolean
}

/** How far something is. */
export const Progress = ({ label, value, isQuiet = false }: ProgressProps) => {
  const id = useId()
  return (
    <div className={styles.progress}>
      {!isQuiet && <label htmlFor={id}>{label}</label>}
      <progress id={id} aria-label={isQuiet ? label : undefined} max={1} value={value} />
    </div>
  )
}
