import type { StatusName } from '@plausch/client'
import type { ReactNode } from 'react'
import { Avatar } from './Avatar.tsx'
import styles from './Person.module.css'
import { StatusDot } from './StatusDot.tsx'

type PersonProps = {
  id: string
  name: string
  username: string
  /** The address of a picture; '' for none. */
  picture?: string
  status?: StatusName
  /** Beside the name, for example the emoji of a custom status. */
  mark?: ReactNode
  note?: string
  /** Buttons at the end of the row. */
  children?: ReactNode
}

/** A person in a row: avatar, name, username; the same everywhere. */
export const Person = ({ id, name, username, picture, status, mark, note, children }: PersonProps) => (
  <span className={styles.person}>
    <span className={styles.face}>
      <Avatar id={id} name={name} picture={picture} size={28} />
      {status && <StatusDot status={status} />}
    </span>
    <span className={styles.words}>
      <span className={styles.name}>{name}</span>
      {mark}
      {name !== username && <span className={styles.side}>@{username}</span>}
      {note && <span className={styles.side}>{note}</span>}
    </span>
    {children}
  </span>
)
