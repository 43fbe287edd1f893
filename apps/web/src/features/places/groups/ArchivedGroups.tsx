import type { Group } from '@plausch/wire'
import { UsersRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import list from '../../../ui/List.module.css'

/** Groups that nobody can mention any more, for those who may restore them; nothing if there are none. */
export const ArchivedGroups = () => {
  const say = useText()
  // A group that is archived or restored changes the list of the others.
  const others = useSource(client.groups.records)
  const [archived, setArchived] = useState<readonly Group[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the other list changes
  useEffect(() => {
    let isCurrent = true
    void attempt(async () => {
      const found = await client.groups.listArchived()
      if (isCurrent) setArchived(found)
    })
    return () => {
      isCurrent = false
    }
  }, [others])
  const restore = async (group: Group): Promise<void> => {
    if (!(await attempt(() => client.groups.restore(group.id)))) return
    setArchived((before) => before.filter(({ id }) => id !== group.id))
    notify('done', say('groups.restored', { name: group.display_name }))
  }
  if (archived.length === 0) return null
  return (
    <Disclosure title={say('groups.archived')} note={archived.length}>
      <ul className={list.list}>
        {archived.map((group) => (
          <li key={group.id} className={list.row}>
            <UsersRound size={18} strokeWidth={1.75} aria-hidden />
            <span className={list.words}>
              <span className={list.name}>{group.display_name}</span>
              <span className={list.side}>@{group.name}</span>
            </span>
            <Button
              aria-label={say('groups.restoreNamed', { name: group.display_name })}
              onClick={() => void restore(group)}
            >
              {say('groups.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
