/** People of requests, by their ids. */
import type { TeamRequest } from '@plausch/wire'
import { Fragment, useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { profile } from '../../people/users/dialogs.ts'
import styles from './Requests.module.css'

/** The name of a person, which opens their profile. */
export const PersonLink = ({ userId }: { userId: string }) => {
  useEffect(() => client.users.ensure([userId]), [userId])
  const name = useSource(personName(userId)) || '…'
  return (
    <button
      type="button"
      className={styles.person}
      onClick={({ currentTarget }) => profile.open({ userId, anchor: currentTarget })}
    >
      {name}
    </button>
  )
}

export const PersonLinks = ({ userIds }: { userIds: TeamRequest['owner_ids'] }) =>
  userIds.map((userId, i) => (
    <Fragment key={userId}>
      {i > 0 && ', '}
      <PersonLink userId={userId} />
    </Fragment>
  ))
