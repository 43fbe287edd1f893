import { type Group, groups as operations } from '@plausch/wire'
import { ArrowLeft, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Link as PageLink } from 'wouter'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { CONSOLE } from '../../../platform/console/address.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { TextRow } from '../../../platform/settings/Rows.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { Switch } from '../../../ui/Switch.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { useFound } from '../../../ui/use-found.ts'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import { linkPlace } from '../../places/syncables/dialogs.ts'
import { LinkRow } from '../../places/syncables/LinkRow.tsx'
import { linksOfGroup } from '../../places/syncables/links.ts'
import { placeNote } from '../../places/syncables/words.ts'
import styles from './Directory.module.css'

const PAGE = 50

export const addressOfGroup = (id: string): string => `${CONSOLE}/authentication/ldap/groups/${id}`

/** A linked group of the directory: its people, its name, and the teams and channels that follow it. */
export const LinkedGroup = ({ id, mayChange }: { id: string; mayChange: boolean }) => {
  const say = useText()
  const params = { group_id: id }
  const { value: group, problem, set } = useAnswer(() => client.call(operations.get, { params }), id)
  return (
    <div className={styles.parts}>
      <PageLink className={styles.back} to={`${CONSOLE}/authentication/ldap/groups`}>
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden /> {say('directory.allGroups')}
      </PageLink>
      <FormProblem text={problem} />
      {!group && problem === '' && <Busy />}
      {group && (
        <>
          <Section title={group.display_name}>
            <Naming group={group} mayChange={mayChange} changed={set} />
          </Section>
          <Places group={group} mayChange={mayChange} />
          <People id={id} />
        </>
      )}
    </div>
  )
}

type NamingProps = { group: Group; mayChange: boolean; changed(group: Group): void }

const Naming = ({ group, mayChange, changed }: NamingProps) => {
  const say = useText()
  const patch = async (body: { allow_reference?: boolean; name?: string }): Promise<void> =>
    changed(await client.call(operations.patch, { params: { group_id: group.id }, body }))
  return (
    <div className={styles.naming}>
      <Switch
        label={say('directory.mentionable')}
        hint={say(group.allow_reference ? 'directory.mentionableOn' : 'directory.mentionableOff')}
        isOn={group.allow_reference}
        isDisabled={!mayChange}
        onChange={(allow_reference) => void attempt(() => patch({ allow_reference }))}
      />
      {group.allow_reference && (
        <TextRow
          label="groups.name"
          hint="groups.nameHint"
          prefix="@"
          value={group.name ?? ''}
          longest={64}
          isDisabled={!mayChange}
          check={(text) => (/^[a-z0-9._-]{1,64}$/.test(text.toLowerCase()) ? '' : say('groups.nameWrong'))}
          save={(name) => patch({ name: name.toLowerCase() })}
        />
      )}
    </div>
  )
}

const Places = ({ group, mayChange }: { group: Group; mayChange: boolean }) => {
  const say = useText()
  const named = { id: group.id, name: group.display_name }
  const { value: links, problem, again } = useAnswer(() => linksOfGroup(named), group.id)
  return (
    <Section
      title={say('directory.places')}
      lead={say('directory.placesLead')}
      actions={
        mayChange &&
        links && (
          <Button onClick={() => linkPlace.open({ group: named, links, done: again })}>
            {say('groupLinks.linkPlace')}
          </Button>
        )
      }
    >
      <FormProblem text={problem} />
      {!links && problem === '' && <Busy />}
      {links?.length === 0 && <p className={styles.soft}>{say('groupLinks.nonePlace')}</p>}
      <ul className={list.list} aria-label={say('directory.places')}>
        {links?.map((link) => (
          <li key={link.place.id} className={list.row}>
            <LinkRow
              link={link}
              names="place"
              note={placeNote(say, link.place)}
              mayChange={mayChange}
              done={again}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const People = ({ id }: { id: string }) => {
  const say = useText()
  const [count, setCount] = useState<number>()
  const found = useFound(id, '', async (page) => {
    const query = { page, per_page: PAGE }
    const answer = await client.call(operations.listMembers, { params: { group_id: id }, query })
    for (const user of answer.members) client.users.put(user)
    setCount(answer.total_member_count)
    return { items: answer.members, hasMore: answer.members.length === PAGE }
  })
  return (
    <Section
      title={say('directory.groupPeople')}
      lead={count === undefined ? undefined : say('members.groupSize', { count })}
    >
      <FoundList
        found={found}
        label={say('directory.groupPeople')}
        none={
          <p className={styles.soft}>
            <UsersRound size={16} strokeWidth={1.75} aria-hidden /> {say('directory.nobodyYet')}
          </p>
        }
        keyOf={(user) => user.id}
        render={(user) => <PersonRow userId={user.id} />}
      />
    </Section>
  )
}
