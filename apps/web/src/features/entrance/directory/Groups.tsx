import { type DirectoryGroup, directory as operations } from '@plausch/wire'
import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Link as PageLink } from 'wouter'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Table } from '../../../ui/Table.tsx'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import styles from './Directory.module.css'
import { addressOfGroup } from './LinkedGroup.tsx'

const PAGE = 50

/** The groups of the directory: those that are linked are groups of people here, too. */
export const Groups = ({ mayLink }: { mayLink: boolean }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const found = useFound('', term, async (page) => {
    const query = { q: term.trim(), page, per_page: PAGE }
    return pageOf((await client.call(operations.listGroups, { query })).groups, PAGE)
  })
  const { items, hasMore, isBusy, problem, more } = found
  return (
    <Section title={say('directory.groups')} lead={say('directory.groupsLead')}>
      <div className={styles.find}>
        <Field
          label={say('directory.findGroups')}
          type="search"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
      </div>
      <FormProblem text={problem} />
      {!items && problem === '' && <Busy />}
      {items?.length === 0 && <EmptyState icon={UsersRound} title={say('directory.noGroups')} />}
      {items && items.length > 0 && (
        <Table
          caption={say('directory.groups')}
          columns={[say('directory.group'), say('directory.isLinked'), say('directory.action')]}
          rows={items.map((group) => ({
            key: group.primary_key,
            cells: [
              <Name key="name" group={group} />,
              say(group.mattermost_group_id === null ? 'directory.notLinked' : 'directory.linked'),
              mayLink && (
                <Link
                  key="link"
                  group={group}
                  done={(next) => found.change((each) => (each === group ? next : each))}
                />
              ),
            ],
          }))}
        />
      )}
      {hasMore && (
        <div>
          <Button isBusy={isBusy} onClick={more}>
            {say('job.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** A linked group has a page of its own. */
const Name = ({ group: { name, mattermost_group_id: id } }: { group: DirectoryGroup }) =>
  id === null ? name : <PageLink to={addressOfGroup(id)}>{name}</PageLink>

type LinkProps = { group: DirectoryGroup; done(next: DirectoryGroup): void }

const Link = ({ group, done }: LinkProps) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const isLinked = group.mattermost_group_id !== null
  const change = async (): Promise<void> => {
    setBusy(true)
    const params = { remote_id: group.primary_key }
    await attempt(async () => {
      if (isLinked) await client.call(operations.unlinkGroup, { params })
      const id = isLinked ? null : (await client.call(operations.linkGroup, { params })).id
      done({ ...group, mattermost_group_id: id })
    })
    setBusy(false)
  }
  return (
    <Button
      isBusy={isBusy}
      aria-label={say(isLinked ? 'directory.unlinkNamed' : 'directory.linkNamed', { name: group.name })}
      onClick={() => void change()}
    >
      {say(isLinked ? 'directory.unlink' : 'directory.link')}
    </Button>
  )
}
