import { mentionKeysOf, search as operations, type User } from '@plausch/wire'
import { AtSign } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { closePane } from '../../../platform/panes.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { PostResults } from '../posts/PostResults.tsx'

const MOST = 60

/** The search for everything that mentions a person; keywords of several words are phrases. */
const termsFor = (person: User): string => {
  const { words, firstName } = mentionKeysOf(person)
  const all = [`@${person.username}`, ...words, ...(firstName ? [firstName] : [])]
  return [...new Set(all.filter((word) => !['@all', '@channel', '@here'].includes(word)))]
    .map((word) => `"${word.replaceAll('"', '')}"`)
    .join(' ')
    .slice(0, 1000)
}

type Mentions = { ids: readonly string[]; matches: Readonly<Record<string, readonly string[]>> }

const load = async (person: User): Promise<Mentions> => {
  const body = { terms: termsFor(person), is_or_search: true, page: 0, per_page: MOST }
  const list = await client.call(operations.posts, { body })
  const own = list.order.filter((id) => list.posts[id]?.user_id !== person.id)
  for (const id of own) {
    const post = list.posts[id]
    if (post) client.posts.put(post)
  }
  return { ids: own, matches: list.matches }
}

/** The last messages that mention the reader, in all channels. */
export const MentionsPane = () => {
  const say = useText()
  const me = useSource(client.me)
  const loads = useSource(client.loads)
  const { mentions: unread } = useSource(client.unreads.everything)
  const [mentions, setMentions] = useState<Mentions>()
  const [problem, setProblem] = useState('')

  // biome-ignore lint/correctness/useExhaustiveDependencies: again after a lost connection, and when one comes
  useEffect(() => {
    let isCurrent = true
    if (me)
      load(me).then(
        (found) => isCurrent && setMentions(found),
        (error: unknown) => isCurrent && setProblem(problemOf(error)),
      )
    return () => {
      isCurrent = false
    }
  }, [me?.id, loads, unread])

  return (
    <Pane title={say('search.mentions')} onClose={closePane}>
      {!mentions ? (
        problem === '' ? (
          <Skeleton kind="rows" count={5} />
        ) : (
          <EmptyState title={problem} />
        )
      ) : mentions.ids.length === 0 ? (
        <EmptyState icon={AtSign} title={say('search.noMentions')}>
          {say('search.noMentionsLead', { name: `@${me?.username ?? ''}` })}
        </EmptyState>
      ) : (
        <PostResults
          label={say('search.mentions')}
          ids={mentions.ids}
          wordsOf={(id) => mentions.matches[id] ?? []}
        />
      )}
    </Pane>
  )
}
