import type { User } from '@plausch/wire'
import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Person } from '../../../ui/Person.tsx'
import styles from './PeoplePicker.module.css'

type PeoplePickerProps = {
  label: string
  chosen: readonly User[]
  /** The maximum number of people. */
  most: number
  find(term: string): Promise<readonly User[]>
  onChange(chosen: readonly User[]): void
}

const WAIT_MS = 120

/**
 * Finds people by name and collects them: a combobox whose list stays open, because its only purpose is to
 * choose.
 */
export const PeoplePicker = ({ label, chosen, most, find, onChange }: PeoplePickerProps) => {
  const say = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [term, setTerm] = useState('')
  const [found, setFound] = useState<readonly User[]>()
  const [problem, setProblem] = useState('')
  const [at, setAt] = useState(0)
  const latest = useRef(find)
  latest.current = find

  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(
      () => {
        latest.current(term.trim()).then(
          (people) => {
            if (!isCurrent) return
            setFound(people)
            setAt(0)
            setProblem('')
          },
          (error: unknown) => isCurrent && setProblem(problemOf(error)),
        )
      },
      term === '' ? 0 : WAIT_MS,
    )
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [term])

  const isChosen = (user: User): boolean => chosen.some((each) => each.id === user.id)
  const toggle = (user: User): void => {
    if (isChosen(user)) onChange(chosen.filter((each) => each.id !== user.id))
    else if (chosen.length < most) onChange([...chosen, user])
    setTerm('')
    input.current?.focus()
  }
  const people = found ?? []

  const onKeyDown = (event: KeyboardEvent): void => {
    const person = people[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, people.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && person && (term !== '' || chosen.length === 0)) toggle(person)
    else if (event.key === 'Backspace' && term === '' && chosen.length > 0) onChange(chosen.slice(0, -1))
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.picker}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.box}>
        {chosen.map((user) => (
          <button
            key={user.id}
            type="button"
            className={styles.chosen}
            aria-label={say('people.remove', { name: user.username })}
            onClick={() => toggle(user)}
          >
            <Name user={user} />
            <X size={14} strokeWidth={2} aria-hidden />
          </button>
        ))}
        <input
          ref={input}
          id={id}
          dir="auto"
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={people[at] ? `${id}-${at}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={chosen.length === 0 ? say('people.placeholder') : undefined}
          value={term}
          onChange={(event) => setTerm(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={most > 1 || undefined}
        className={styles.list}
      >
        {people.map((user, i) => (
          <li
            key={user.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={isChosen(user)}
            data-at={i === at ? '' : undefined}
            onPointerMove={() => setAt(i)}
            onClick={() => toggle(user)}
          >
            <Found user={user} />
            {isChosen(user) && <Check size={18} strokeWidth={2} aria-hidden />}
          </li>
        ))}
      </ul>
      <p className={styles.note} role="status">
        {problem || (found?.length === 0 ? say('people.none') : '')}
      </p>
    </div>
  )
}

const Name = ({ user }: { user: User }) => useSource(personName(user.id)) || user.username

const Found = ({ user }: { user: User }) => (
  <Person
    id={user.id}
    name={useSource(personName(user.id)) || user.username}
    username={user.username}
    status={useSource(client.presence.records.at(user.id))?.status}
    note={`${user.first_name} ${user.last_name}`.trim()}
  />
)
