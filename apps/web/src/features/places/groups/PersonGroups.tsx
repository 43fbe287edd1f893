import { everyPage } from '@plausch/client'
import { type Group, groups as operations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { groupDialog } from './dialogs.ts'
import styles from './Groups.module.css'

const PAGE = 100

/** Shows one group; it is loaded with all others. */
const show = async (groupId: string): Promise<void> => {
  await client.groups.open()
  groupDialog.open({ groupId })
}

/** The groups that a person is in, as a line of their profile. */
export const PersonGroups = ({ userId }: { userId: string }) => {
  const say = useText()
  const isOn = useSource(client.settings.config).EnableCustomGroups === 'true'
  const [groups, setGroups] = useState<readonly Group[]>([])
  useEffect(() => {
    if (!isOn) return
    let isCurrent = true
    const query = { filter_has_member: userId, filter_allow_reference: true }
    everyPage(PAGE, (page) => client.call(operations.list, { query: { ...query, ...page } })).then(
      (found) => isCurrent && setGroups(found),
      // The profile is complete without them; the list of groups tells of failures.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [userId, isOn])
  if (groups.length === 0) return null
  return (
    <div>
      <dt>{say('groups.ofPerson')}</dt>
      <dd>
        {groups.map((group, i) => (
          <span key={group.id}>
            {i > 0 && ', '}
            <button type="button" className={styles.link} onClick={() => void show(group.id)}>
              {group.display_name}
            </button>
          </span>
        ))}
      </dd>
    </div>
  )
}
