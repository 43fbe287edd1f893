import type { User } from '@plausch/wire'
import { UserMinus } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { TextRow } from '../../../platform/settings/Rows.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import { archiveGroup } from './dialogs.ts'
import styles from './Groups.module.css'
import { groupRights, isGroupName } from './rights.ts'

const MOST = 100

/** One group: its names, and the people in it; each change is saved at once. */
export const GroupView = ({ groupId, close }: { groupId: string; close(): void }) => {
  const say = useText()
  const group = useSource(client.groups.records.at(groupId))
  const { mayEdit, mayArchive } = useSource(groupRights)
  if (!group) return null
  return (
    <Dialog
      title={group.display_name}
      hint={`@${group.name}`}
      onClose={close}
      actions={
        <>
          {mayArchive && (
            <Button kind="quiet" onClick={() => archiveGroup.open({ groupId, archived: close })}>
              {say('groups.archive')}
            </Button>
          )}
          <Button onClick={close}>{say('action.close')}</Button>
        </>
      }
    >
      {mayEdit && (
        <div>
          <TextRow
            label="groups.displayName"
            value={group.display_name}
            longest={128}
            check={(text) => (text === '' ? say('groups.nameMissing') : '')}
            save={(display_name) => client.groups.patch(groupId, { display_name })}
          />
          <TextRow
            label="groups.name"
            hint="groups.nameHint"
            prefix="@"
            value={group.name}
            longest={64}
            check={(text) => (isGroupName(text.toLowerCase()) ? '' : say('groups.nameWrong'))}
            save={(name) => client.groups.patch(groupId, { name: name.toLowerCase() })}
          />
        </div>
      )}
      <Members groupId={groupId} />
    </Dialog>
  )
}

const Members = ({ groupId }: { groupId: string }) => {
  const say = useText()
  const { mayManage } = useSource(groupRights)
  const [people, setPeople] = useState<readonly User[]>()
  const [problem, setProblem] = useState('')
  const load = useCallback(async (): Promise<void> => {
    try {
      const found = await client.groups.listMembers(groupId)
      for (const user of found) client.users.put(user)
      setPeople(found)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }, [groupId])
  useEffect(() => void load(), [load])
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    await attempt(work)
    await load()
  }

  return (
    <section aria-label={say('groups.members')}>
      <h3>{say('groups.members')}</h3>
      <FormProblem text={problem} />
      {people === undefined && problem === '' && <Busy />}
      <ul className={`${list.list} ${styles.people}`}>
        {people?.map(({ id }) => (
          <MemberRow
            key={id}
            userId={id}
            remove={
              mayManage ? () => void change(() => client.groups.removeMembers(groupId, [id])) : undefined
            }
          />
        ))}
      </ul>
      {mayManage && people && (
        <PeoplePicker
          label={say('groups.add')}
          chosen={[]}
          most={MOST}
          find={async (term) =>
            (await client.users.search(term)).filter(({ id }) => !people.some((each) => each.id === id))
          }
          onChange={(chosen) =>
            void change(() =>
              client.groups.addMembers(
                groupId,
                chosen.map(({ id }) => id),
              ),
            )
          }
        />
      )}
    </section>
  )
}

const MemberRow = ({ userId, remove }: { userId: string; remove: (() => void) | undefined }) => {
  const say = useText()
  const name = useSource(personName(userId))
  return (
    <li className={list.row}>
      <PersonRow userId={userId} />
      {remove && <IconButton icon={UserMinus} label={say('groups.remove', { name })} onClick={remove} />}
    </li>
  )
}
