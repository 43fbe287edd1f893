import { users as operations, type User } from '@plausch/wire'
import { useState } from 'react'
import { Link as PageLink } from 'wouter'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { CONSOLE } from '../../../platform/console/address.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { Turning } from '../../../platform/console/Turning.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import styles from './Administration.module.css'
import { PersonPage } from './PersonPage.tsx'

const PAGE = 50

export const PEOPLE = `${CONSOLE}/user_management/users`

/** All accounts, and what is known of one. `rest` is its id. */
export const PeoplePage = ({ rest }: { rest: string }) => (
  <Turning shown={rest}>
    {rest === '' ? <People /> : <PersonPage key={rest} id={rest} back={PEOPLE} />}
  </Turning>
)

/** The first of all, or those whose name fits; also those that are switched off. */
const findPeople = async (term: string, page: number) => {
  const users =
    term === ''
      ? await client.call(operations.list, { query: { page, per_page: PAGE } })
      : await client.call(operations.search, { body: { term, allow_inactive: true, limit: PAGE } })
  for (const user of users) client.users.put(user)
  return term === '' ? pageOf(users, PAGE) : { items: users, hasMore: false }
}

const People = () => {
  const say = useText()
  const [term, setTerm] = useState('')
  const found = useFound('', term.trim(), (page) => findPeople(term.trim(), page))
  return (
    <PageFrame title={say('administration.people')} lead={say('administration.peopleLead')}>
      <div className={styles.find}>
        <Field
          label={say('administration.findPeople')}
          type="search"
          autoComplete="off"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
      </div>
      <FoundList
        found={found}
        label={say('administration.people')}
        none={<p role="status">{say('people.none')}</p>}
        keyOf={({ id }) => id}
        render={(user) => <Row user={user} />}
      />
    </PageFrame>
  )
}

const Row = ({ user }: { user: User }) => {
  const say = useText()
  return (
    <PageLink to={`${PEOPLE}/${user.id}`} className={styles.person}>
      <PersonRow userId={user.id}>
        {user.delete_at > 0 && <Tag>{say('administration.off')}</Tag>}
        {user.is_bot && <Tag>{say('administration.bot')}</Tag>}
      </PersonRow>
    </PageLink>
  )
}
