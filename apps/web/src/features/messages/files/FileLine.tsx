import type { ReactNode } from 'react'
import styles from './FileLine.module.css'
import { type FileKind, kindIcon } from './kinds.ts'

type FileLineProps = {
  name: string
  kind: FileKind
  /** The address of a small picture, if there is one. */
  picture: string | undefined
  note: ReactNode
  /** The note says that something failed. */
  isFailed?: boolean
  children?: ReactNode
}

/** What stands for a file in a list: its picture or the sign of its kind, its name, and a note. */
export const FileLine = ({ name, kind, picture, note, isFailed = false, children }: FileLineProps) => {
  const Icon = kindIcon[kind]
  return (
    <>
      {picture ? (
        <img className={styles.picture} src={picture} alt="" loading="lazy" />
      ) : (
        <span className={styles.picture}>
          <Icon size={20} strokeWidth={1.5} aria-hidden />
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.name} dir="auto" title={name}>
          {name}
        </span>
        <span
          className={styles.note}
          role={isFailed ? 'alert' : undefined}
          data-failed={isFailed ? '' : undefined}
        >
          {note}
        </span>
        {children}
      </span>
    </>
  )
}
