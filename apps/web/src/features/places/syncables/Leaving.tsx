import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { FoundList } from '../../../ui/FoundList.tsx'
import { useFound } from '../../../ui/use-found.ts'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import styles from './Links.module.css'
import { leaving, type Place } from './links.ts'

/** More than these may wait for an administrator: the brake of the directory. */
const BRAKED = 10

type LeavingProps = { place: Place; groupIds: readonly string[] }

/** Who would go if only these groups decided, for readers who may compare; others get the rule. */
export const Leaving = ({ place, groupIds }: LeavingProps) => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(''))
  const mayCompare = permissions.has(
    place.kind === 'team'
      ? 'sysconsole_read_user_management_groups'
      : 'sysconsole_read_user_management_channels',
  )
  return mayCompare ? (
    <List place={place} groupIds={groupIds} />
  ) : (
    <p>{say('groupLinks.othersGo', { name: place.name })}</p>
  )
}

const List = ({ place, groupIds }: LeavingProps) => {
  const say = useText()
  const [count, setCount] = useState<number>()
  const found = useFound(`${place.id} ${groupIds.join()}`, '', async (page) => {
    const { users, total_count } = await leaving(place, groupIds, page)
    setCount(total_count)
    return { items: users, hasMore: users.length === 50 }
  })
  const said = count === undefined ? '' : say('groupLinks.wouldGo', { count, name: place.name })
  return (
    <>
      <div role="status">
        {count !== undefined && count > BRAKED && <p>{say('groupLinks.brake')}</p>}
        <p>{said}</p>
      </div>
      <div className={styles.leaving}>
        <FoundList
          found={found}
          label={say('groupLinks.whoGoes')}
          none={null}
          keyOf={({ id }) => id}
          render={({ id }) => <PersonRow userId={id} />}
        />
      </div>
    </>
  )
}
