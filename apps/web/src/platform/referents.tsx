/** How texts show the channels that they name. */
import { keyed, select } from '@plausch/client'
import { Link } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import type { Referents } from '../ui/markdown/Markdown.tsx'
import { client } from './client.ts'
import { channelPath } from './names.ts'
import { here } from './place.ts'

type NameProps = { name: string; isInLink: boolean }

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

/** Everything that texts name, except people: those are shown by the feature that knows them. */
export const referents: Referents = { Channel: ChannelName }
