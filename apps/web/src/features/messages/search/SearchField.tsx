import { CalendarDays, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { useVirtualFocus } from '../../../ui/use-virtual-focus.ts'
import { Face } from '../../people/users/Face.tsx'
import styles from './SearchPane.module.css'
import { field, submit } from './searches.ts'
import { type Suggestion, suggestionsFor } from './suggestions.ts'
import { completed, type Modifier, type Typed, typedAt, withModifier } from './terms.ts'

const DATES = ['before', 'after', 'on'] as const
const WORDS = ['from', 'in', 'ext'] as const

/** The text field of the search; it completes modifiers while they are typed. */
export const SearchField = () => {
  const say = useText()
  const id = useId()
  const text = useSource(field)
  const input = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState(text.length)
  const [dismissed, setDismissed] = useState<string>()
  const caretAfter = useRef<number>(undefined)
  useSource(client.users.records.ids)
  const typed = dismissed === text ? undefined : typedAt(text, Math.min(caret, text.length))
  const found = typed ? suggestionsFor(typed, say) : []
  // A value that is complete needs no list.
  const list = typed && found.length === 1 && found[0]?.value === typed.value ? [] : found
  const { at, mark, field: attributes, idOf, onKey } = useVirtualFocus(id, list.length, text)
  usePeople(typed)

  useEffect(() => input.current?.focus(), [])
  useLayoutEffect(() => {
    const to = caretAfter.current
    caretAfter.current = undefined
    if (to !== undefined) input.current?.setSelectionRange(to, to)
  })

  const write = (next: string, to = next.length): void => {
    caretAfter.current = to
    field.set(next)
    setCaret(to)
    input.current?.focus()
  }
  const pick = (suggestion: Suggestion): void => {
    if (!typed) return
    const done = completed(text, typed, suggestion.value)
    write(done.text, done.caret)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (onKey(event)) return
    const suggestion = list[at]
    if (suggestion && (event.key === 'Tab' || (event.key === 'Enter' && typed?.value !== suggestion.value)))
      pick(suggestion)
    else if (event.key === 'Enter') {
      setDismissed(text)
      submit()
    } else if (event.key === 'Escape' && list.length > 0) setDismissed(text)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.field} role="search">
      <div className={styles.box}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          ref={input}
          dir="auto"
          enterKeyHint="search"
          {...attributes}
          role="combobox"
          aria-expanded={list.length > 0}
          aria-controls={list.length > 0 ? id : undefined}
          aria-label={say('search.label')}
          placeholder={say('search.placeholder')}
          maxLength={1024}
          value={text}
          onChange={(event) => {
            field.set(event.target.value)
            setCaret(event.target.selectionStart ?? event.target.value.length)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onBlur={() => setDismissed(text)}
          onKeyDown={onKeyDown}
        />
        {text !== '' && (
          <IconButton icon={X} size={16} label={say('search.clear')} onClick={() => write('')} />
        )}
      </div>
      {list.length > 0 && (
        <ul id={id} role="listbox" aria-label={say('search.suggestions')} className={styles.suggestions}>
          {list.map((each, i) => (
            <li
              key={each.value}
              id={idOf(i)}
              role="option"
              aria-selected={i === at}
              onPointerMove={() => i !== at && mark(i)}
              // The field keeps the focus: choosing on press happens before it could lose it.
              onPointerDown={(event) => {
                event.preventDefault()
                pick(each)
              }}
            >
              {each.userId && <Face userId={each.userId} size={20} />}
              <span>{each.label}</span>
              <small>{each.hint}</small>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.chips} role="group" aria-label={say('search.modifiers')}>
        {WORDS.map((each) => (
          <button key={each} type="button" onClick={() => write(withModifier(text, each))}>
            {say(`search.by.${each}`)}
          </button>
        ))}
        {DATES.map((each) => (
          <DayChip key={each} modifier={each} add={(day) => write(withModifier(text, each, day))} />
        ))}
      </div>
    </div>
  )
}

/** Asks the server for people of a beginning name, because not all of them are known here. */
const usePeople = (typed: Typed | undefined): void => {
  const term = typed?.modifier === 'from' ? typed.value.replace(/^@/, '') : ''
  useEffect(() => {
    if (term === '') return
    const timer = setTimeout(() => {
      client.users.search(term, {}).catch(() => undefined)
    }, 150)
    return () => clearTimeout(timer)
  }, [term])
}

/** A button that opens the browser's calendar. */
const DayChip = ({
  modifier,
  add,
}: {
  modifier: Modifier & (typeof DATES)[number]
  add(day: string): void
}) => {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <span className={styles.day}>
      <button
        type="button"
        onClick={() => {
          // Browsers without a calendar complete what is typed.
          if (input.current && 'showPicker' in input.current) input.current.showPicker()
          else add('')
        }}
      >
        <CalendarDays size={14} strokeWidth={1.75} aria-hidden />
        {say(`search.by.${modifier}`)}
      </button>
      <input
        ref={input}
        type="date"
        tabIndex={-1}
        aria-hidden
        value=""
        onChange={(event) => event.target.value !== '' && add(event.target.value)}
      />
    </span>
  )
}
