import type { Group } from '@plausch/wire'
import { UsersRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { Tag } from '../../../ui/Tag.tsx'
import { ArchivedGroups } from './ArchivedGroups.tsx'
import { groupDialog, newGroup } from './dialogs.ts'
import styles from './Groups.module.css'
import { groupRights } from './rights.ts'

const { compare } = new Intl.Collator(undefined, { sensitivity: 'accent' })

const fits = ({ name, display_name }: Group, term: string): boolean =>
  `${name} ${display_name}`.toLowerCase().includes(term.trim().toLowerCase())

/** All groups that can be mentioned. */
export const Groups = ({ close }: { close(): void }) => {
  const say = useText()
  const all = useSource(client.groups.records)
  const { mayCreate, mayRestore } = useSource(groupRights)
  const [term, setTerm] = useState('')
  const [problem, setProblem] = useState('')
  const [isLoaded, setLoaded] = useState(false)
  useEffect(() => {
    client.groups.open().then(
      () => setLoaded(true),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [])
  const shown = all.filter((group) => fits(group, term))
  return (
    <Dialog
      title={say('groups.title')}
      hint={say('groups.hint')}
      size="large"
      onClose={close}
      actions={
        mayCreate && (
          <Button kind="primary" onClick={() => newGroup.open()}>
            {say('groups.create')}
          </Button>
        )
      }
    >
      <FormProblem text={problem} />
      <Field label={say('groups.search')} value={term} onChange={(event) => setTerm(event.target.value)} />
      {isLoaded && shown.length === 0 && (
        <EmptyState icon={UsersRound} title={say(term === '' ? 'groups.none' : 'groups.noneFound')} />
      )}
      <ul className={list.list}>
        {shown
          .toSorted((a, b) => compare(a.display_name, b.display_name))
          .map((group) => (
            <GroupRow key={group.id} group={group} />
          ))}
      </ul>
      {isLoaded && mayRestore && <ArchivedGroups />}
    </Dialog>
  )
}

const GroupRow = ({ group }: { group: Group }) => {
  const say = useText()
  const isMine = useSource(client.groups.mine).has(group.id)
  return (
    <li>
      <button
        type="button"
        className={`${list.row} ${styles.button}`}
        onClick={() => groupDialog.open({ groupId: group.id })}
      >
        <UsersRound size={18} strokeWidth={1.75} aria-hidden />
        <span className={list.words}>
          <span className={list.name}>
            {group.display_name} {isMine && <Tag>{say('groups.mine')}</Tag>}
          </span>
          <span className={list.side}>
            @{group.name}
            {group.description && ` · ${group.description}`}
          </span>
        </span>
      </button>
    </li>
  )
}
