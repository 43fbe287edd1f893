import type { StatusName } from '@plausch/client'
import type { ReactNode } from 'react'
import { Avatar } from './Avatar.tsx'
import styles from './Person.module.css'
import { StatusDot } from './StatusDot.tsx'

type PersonProps = {
  id: string
  name: string
  username: string
  status?: StatusName
  note?: string
  /** Buttons at the end of the row. */
  children?: ReactNode
}

/** A person in a row: avatar, name, username; the same everywhere. */
export const Person = ({ id, name, username, status, note, children }: PersonProps) => (
  <span className={styles.person}>
    <span className={styles.face}>
      <Avatar id={id} name={name} size={28} />
      {status && <StatusDot status={status} />}
    </span>
    <span className={styles.words}>
      <span className={styles.name}>{name}</span>
      {name !== username && <span className={styles.side}>@{username}</span>}
      {note && <span className={styles.side}>{note}</span>}
    </span>
    {children}
  </span>
)
