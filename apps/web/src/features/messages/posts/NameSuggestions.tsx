import type { User } from '@plausch/wire'
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Person } from '../../../ui/Person.tsx'
import styles from './Composer.module.css'
import { type Asked, askedAt, complete, matching } from './suggest.ts'

export type Suggestions = {
  id: string
  people: readonly User[]
  at: number
  pick(user: User): void
  /** Handles the keys of an open list; returns whether it did. */
  onKeyDown(event: KeyboardEvent): boolean
  attributes: Record<string, string | boolean | undefined>
}

/** Names that complete `@…` while it is typed: known ones at once, others when the server finds them. */
export const useSuggestions = (
  channelId: string,
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  change: (text: string) => void,
): Suggestions => {
  const id = useId()
  const users = useSource(client.users.records)
  const teamId = useSource(client.channels.records.at(channelId))?.team_id ?? ''
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState('')
  const caretAfter = useRef<number>(undefined)
  const caret = area.current?.selectionEnd ?? text.length
  const asked: Asked | undefined = askedAt(text, caret)
  const term = asked?.term
  const isOpen = asked !== undefined && dismissed !== text.slice(0, asked.from + 1)
  const people = isOpen ? matching(users, asked.term) : []

  useEffect(() => {
    setAt(0)
    if (term === undefined || term === '') return
    const timer = setTimeout(() => {
      client.users.search(term, teamId === '' ? {} : { team_id: teamId }).catch(() => undefined)
    }, 150)
    return () => clearTimeout(timer)
  }, [term, teamId])

  // Moves the caret after the name before the next key can arrive.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the text has changed
  useLayoutEffect(() => {
    const at = caretAfter.current
    caretAfter.current = undefined
    if (at !== undefined) area.current?.setSelectionRange(at, at)
  }, [text])

  const pick = (user: User): void => {
    if (!asked) return
    const done = complete(text, asked, user.username)
    caretAfter.current = done.caret
    change(done.text)
  }

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const person = people[at]
    if (!person) return false
    if (event.key === 'ArrowDown') setAt((at + 1) % people.length)
    else if (event.key === 'ArrowUp') setAt((at + people.length - 1) % people.length)
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') pick(person)
    else if (event.key === 'Escape') setDismissed(text.slice(0, (asked?.from ?? 0) + 1))
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  const attributes = {
    'aria-autocomplete': 'list',
    'aria-controls': people.length > 0 ? id : undefined,
    'aria-activedescendant': people.length > 0 ? `${id}-${at}` : undefined,
  }
  return { id, people, at, pick, onKeyDown, attributes }
}

export const NameSuggestions = ({ suggestions: { id, people, at, pick } }: { suggestions: Suggestions }) => {
  const say = useText()
  if (people.length === 0) return null
  return (
    <ul id={id} role="listbox" aria-label={say('composer.people')} className={styles.suggestions}>
      {people.map((user, i) => (
        <li
          key={user.id}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          // The text field keeps the focus: choosing on press happens before it could lose it.
          onPointerDown={(event) => {
            event.preventDefault()
            pick(user)
          }}
        >
          <Suggested user={user} />
        </li>
      ))}
    </ul>
  )
}

const Suggested = ({ user }: { user: User }) => (
  <Person
    id={user.id}
    name={useSource(personName(user.id))}
    username={user.username}
    note={`${user.first_name} ${user.last_name}`.trim()}
  />
)
