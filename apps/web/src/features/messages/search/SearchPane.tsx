import { History, TextSearch, X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { announce } from '../../../browser/announce.ts'
import { useSource } from '../../../browser/use-source.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { closePane } from '../../../platform/panes.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { PostResults } from '../posts/PostResults.tsx'
import { FileResults } from './FileResults.tsx'
import { SearchField } from './SearchField.tsx'
import styles from './SearchPane.module.css'
import {
  begin,
  field,
  forgetRecent,
  found,
  isBusy,
  loadMore,
  problem,
  recent,
  show,
  type Tab,
  tab,
} from './searches.ts'

const NO_WORDS: readonly string[] = []
const wordsOf = (postId: string): readonly string[] => found.get().matches[postId] ?? NO_WORDS

/** The search: its field, and the messages or files that were found. */
export const SearchPane = () => {
  const say = useText()
  const { terms } = useSource(found)
  const busy = useSource(isBusy)
  useEffect(() => begin(''), [])
  return (
    <Pane title={say('search.title')} onClose={closePane}>
      <SearchField />
      {terms === '' && !busy ? <Lesson /> : <Results />}
    </Pane>
  )
}

const Results = () => {
  const say = useText()
  const { postIds, files, hasMorePosts, hasMoreFiles, terms } = useSource(found)
  const chosen = useSource(tab)
  const busy = useSource(isBusy)
  const failure = useSource(problem)
  const count = (chosen === 'files' ? files : postIds)?.length
  const hasMore = chosen === 'files' ? hasMoreFiles : hasMorePosts
  useEffect(() => {
    if (count !== undefined) announce(say('search.count', { count, hasMore: String(hasMore) }))
  }, [count, hasMore, say])

  const content = (): ReactNode => {
    if (failure !== '') return <EmptyState title={failure} />
    if (count === undefined) return <Skeleton kind="rows" count={5} />
    if (count === 0)
      return (
        <EmptyState icon={TextSearch} title={say('search.none')}>
          {say('search.noneLead')}
        </EmptyState>
      )
    return chosen === 'files' ? (
      <FileResults files={files ?? []} />
    ) : (
      <PostResults key={terms} label={say('search.results')} ids={postIds ?? []} wordsOf={wordsOf} />
    )
  }
  return (
    <Tabs<Tab>
      label={say('search.kinds')}
      tabs={[
        { id: 'messages', label: say('search.messages') },
        { id: 'files', label: say('search.files') },
      ]}
      chosen={chosen}
      onChange={show}
    >
      <div aria-busy={busy}>{content()}</div>
      {hasMore && failure === '' && (
        <Button kind="quiet" isBusy={busy} onClick={loadMore}>
          {say('search.more')}
        </Button>
      )}
    </Tabs>
  )
}

const EXAMPLES: readonly { example: TextId; meaning: TextId }[] = [
  { example: 'search.example.phrase', meaning: 'search.meaning.phrase' },
  { example: 'search.example.without', meaning: 'search.meaning.without' },
  { example: 'search.example.from', meaning: 'search.meaning.from' },
  { example: 'search.example.in', meaning: 'search.meaning.in' },
  { example: 'search.example.after', meaning: 'search.meaning.after' },
  { example: 'search.example.ext', meaning: 'search.meaning.ext' },
]

/** Before the first search: the last ones, and what can be written. */
const Lesson = () => {
  const say = useText()
  const last = useSource(recent)
  return (
    <>
      {last.length > 0 && (
        <section className={styles.recent} aria-labelledby="recent-searches">
          <h3 id="recent-searches">{say('search.recent')}</h3>
          <ul>
            {last.map((terms) => (
              <li key={terms}>
                <button type="button" onClick={() => begin(terms)}>
                  <History size={16} strokeWidth={1.75} aria-hidden />
                  <bdi>{terms}</bdi>
                </button>
                <IconButton
                  icon={X}
                  size={16}
                  label={say('search.forget', { terms })}
                  onClick={() => forgetRecent(terms)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.lesson} aria-labelledby="search-lesson">
        <h3 id="search-lesson">{say('search.lesson')}</h3>
        <dl>
          {EXAMPLES.map(({ example, meaning }) => (
            <div key={example}>
              <dt>
                <button type="button" onClick={() => field.set(say(example))}>
                  {say(example)}
                </button>
              </dt>
              <dd>{say(meaning)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
