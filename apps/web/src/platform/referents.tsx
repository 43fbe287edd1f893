/** How texts show the people and channels that they name. */
import { keyed, select } from '@plausch/client'
import { nameAlternatives } from '@plausch/markdown'
import { Fragment, type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import styles from '../ui/markdown/Markdown.module.css'
import type { Referents } from '../ui/markdown/Markdown.tsx'
import { client } from './client.ts'
import { channelPath } from './names.ts'
import { here } from './place.ts'

type NameProps = { name: string; isInLink: boolean }

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

const Mention = ({ name, isInLink }: NameProps) => {
  const teamName = useSource(here).team?.name ?? ''
  const me = useSource(client.me)
  const user = useSource(personNamed(name))
  const wide = nameAlternatives(name).find((each) => WIDE.has(each.toLowerCase()))

  useEffect(() => client.users.ensureNames(wide === undefined ? nameAlternatives(name) : []), [name, wide])

  if (wide !== undefined)
    return <Tail name={name} used={wide} node={<bdi className={styles.mention}>@{wide}</bdi>} />
  if (!user) return <bdi>@{name}</bdi>
  const used = name.slice(0, user.username.length)
  const look = { className: styles.mention, 'data-me': user.id === me?.id ? '' : undefined }
  const shown = isInLink ? (
    <span {...look}>@{used}</span>
  ) : (
    <Link to={`/${teamName}/messages/@${user.username}`} {...look}>
      @{used}
    </Link>
  )
  const link = <bdi>{shown}</bdi>
  return <Tail name={name} used={used} node={link} />
}

/** A name and the punctuation after it, which does not belong to it. */
const Tail = ({ name, used, node }: { name: string; used: string; node: ReactNode }) => (
  <Fragment>
    {node}
    {name.slice(used.length)}
  </Fragment>
)

/** The channel that `<team id>/<name>` means, if it is one of the reader's. */
const channelNamed = keyed((key) => {
  const [teamId, name] = key.split('/')
  return select((read) => {
    const ids = read(client.channels.idsOf(teamId ?? ''))
    return ids.map((id) => read(client.channels.records.at(id))).find((channel) => channel?.name === name)
  })
})

const ChannelName = ({ name, isInLink }: NameProps) => {
  const { team } = useSource(here)
  const channel = useSource(channelNamed(`${team?.id}/${name}`))
  if (!channel || !team || isInLink) return <bdi>~{channel?.display_name ?? name}</bdi>
  return (
    <bdi>
      <Link to={channelPath(team.name, channel)}>~{channel.display_name}</Link>
    </bdi>
  )
}

export const referents: Referents = { Mention, Channel: ChannelName }
