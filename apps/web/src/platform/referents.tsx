/** How texts show the channels that they name. */
import { keyed, select } from '@plausch/client'
import { useEffect, useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { isEmojiLoaded, onEmojiLoaded } from '../ui/emoji/emoji.ts'
import styles from '../ui/markdown/Markdown.module.css'
import type { Referents } from '../ui/markdown/Markdown.tsx'
import { client } from './client.ts'
import { channelPath } from './names.ts'
import { here } from './place.ts'
import { canSearch, searchFor } from './searching.ts'

type NameProps = { name: string; isInLink: boolean }

/** The channel that `<team id>/<name>` means, if it is one of the reader's. */
const channelNamed = keyed((key) => {
  const [teamId, name] = key.split('/')
  return select((read) => {
    const ids = read(client.channels.idsOf(teamId ?? ''))
    return ids.map((id) => read(client.channels.described(id))).find((channel) => channel?.name === name)
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

/** A custom emoji. Names in colons that mean none stay as they were written. */
const CustomEmoji = ({ name }: { name: string }) => {
  const isLoaded = useSyncExternalStore(onEmojiLoaded, isEmojiLoaded)
  const known = useSource(client.emoji.records.at(name))
  // Only what is surely no standard emoji is worth a question.
  useEffect(() => {
    if (isLoaded) client.emoji.ensure([name])
  }, [isLoaded, name])
  if (!known) return `:${name}:`
  const src = `/api/v4/emoji/${known.id}/image`
  return <img className={styles.picture} src={src} alt={name.replaceAll('_', ' ')} title={`:${name}:`} />
}

/** A press searches for it, in a client that can search. */
const Hashtag = ({ tag }: { tag: string }) => {
  const isButton = useSource(canSearch)
  if (!isButton) return <span className={styles.hashtag}>{tag}</span>
  return (
    <button type="button" className={styles.hashtag} onClick={() => searchFor(tag)}>
      {tag}
    </button>
  )
}

const maths = (): 'none' | 'blocks' | 'all' => {
  const { EnableLatex, EnableInlineLatex } = client.settings.config.get()
  if (EnableLatex !== 'true') return 'none'
  return EnableInlineLatex === 'true' ? 'all' : 'blocks'
}

/** Everything that texts name, except people: those are shown by the feature that knows them. */
export const referents: Referents = { Channel: ChannelName, Emoji: CustomEmoji, Hashtag, maths }
