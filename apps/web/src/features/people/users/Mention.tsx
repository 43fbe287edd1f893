import { keyed, select } from '@plausch/client'
import { nameAlternatives } from '@plausch/markdown'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import styles from '../../../ui/markdown/Markdown.module.css'
import { profile } from './dialogs.ts'
import own from './Mention.module.css'

type MentionProps = { name: string; isInLink: boolean }

const WIDE = new Set(['channel', 'all', 'here'])

/** The person that a name in a text means: the text may continue with a full stop or the like. */
const personNamed = keyed((name) =>
  select((read) => {
    read(client.users.records.ids)
    const known = nameAlternatives(name).map((each) => client.users.byName(each))
    const id = known.find((each) => each !== undefined)?.id
    return id === undefined ? undefined : read(client.users.records.at(id))
  }),
)

/** A name with @ in a text: it opens the person's profile. */
export const Mention = ({ name, isInLink }: MentionProps) => {
  const me = useSource(client.myId)
  const user = useSource(personNamed(name))
  const wide = nameAlternatives(name).find((each) => WIDE.has(each.toLowerCase()))

  useEffect(() => client.users.ensureNames(wide === undefined ? nameAlternatives(name) : []), [name, wide])

  const used = wide ?? (user ? name.slice(0, user.username.length) : name)
  // Punctuation after a name does not belong to it.
  const rest = name.slice(used.length)
  if (wide === undefined && !user) return <GroupName name={name} />
  return (
    <>
      <bdi>
        {user && !isInLink ? (
          <button
            type="button"
            className={`${styles.mention} ${own.button}`}
            data-me={user.id === me ? '' : undefined}
            aria-haspopup="dialog"
            onClick={(event) => profile.open({ userId: user.id, anchor: event.currentTarget })}
          >
            @{used}
          </button>
        ) : (
          <span className={styles.mention} data-me={user?.id === me ? '' : undefined}>
            @{used}
          </span>
        )}
      </bdi>
      {rest}
    </>
  )
}

/** The group that a name in a text means. */
const groupNamed = keyed((name) =>
  select((read) => {
    const wanted = nameAlternatives(name).map((each) => each.toLowerCase())
    return read(client.groups.records).find((group) => wanted.includes(group.name.toLowerCase()))
  }),
)

/** A group's name, marked if the reader is in the group; any other text stays as it is. */
const GroupName = ({ name }: { name: string }) => {
  const group = useSource(groupNamed(name))
  const mine = useSource(client.groups.mine)
  useEffect(() => {
    // The groups are loaded when a text first names somebody unknown. Some servers have none.
    client.groups.open().catch(() => undefined)
  }, [])
  if (!group) return <bdi>@{name}</bdi>
  const used = name.slice(0, group.name.length)
  return (
    <>
      <bdi>
        <span
          className={styles.mention}
          data-me={mine.has(group.id) ? '' : undefined}
          data-tip={group.display_name}
        >
          @{used}
        </span>
      </bdi>
      {name.slice(used.length)}
    </>
  )
}
