import type { ReactNode } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { pictureOf } from '../../../platform/people.ts'
import { Person } from '../../../ui/Person.tsx'
import { StatusMark } from './StatusMark.tsx'

type PersonRowProps = {
  userId: string
  /** A soft word after the names; by default the full name or the position. */
  note?: string
  /** Buttons at the end of the row. */
  children?: ReactNode
}

/**
 * A known person as a row; the same in lists, pickers and menus. Whoever shows it for a while watches the
 * statuses; an unknown one is not shown.
 */
export const PersonRow = ({ userId, note, children }: PersonRowProps) => {
  const user = useSource(client.users.records.at(userId))
  const name = useSource(personName(userId)) || '…'
  const picture = useSource(pictureOf(userId))
  const known = useSource(client.presence.records.at(userId))?.status
  // Bots are neither here nor away.
  const status = user?.is_bot ? undefined : known
  const fullName = user ? `${user.first_name} ${user.last_name}`.trim() : ''
  const usual = (fullName !== name && fullName) || user?.position || ''
  return (
    <Person
      id={userId}
      name={name}
      username={user?.username ?? ''}
      picture={picture}
      {...(status && { status })}
      mark={<StatusMark userId={userId} />}
      note={note ?? usual}
    >
      {children}
    </Person>
  )
}
