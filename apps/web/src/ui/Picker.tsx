import { Check, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { problemOf, useText } from '../i18n/text.ts'
import styles from './Picker.module.css'
import { useVirtualFocus } from './use-virtual-focus.ts'

type PickerProps<T> = {
  label: string
  chosen: readonly T[]
  /** How many can be chosen. */
  most: number
  placeholder?: string
  /** A faint line below, while nothing else is to be said there. */
  hint?: string
  /** What is wrong with the choice. */
  problem?: string
  /** Said when nothing is found. */
  none: string
  find(term: string): Promise<readonly T[]>
  onChange(chosen: readonly T[]): void
  keyOf(item: T): string
  /** A row of the list. */
  render(item: T): ReactNode
  /** A chosen one in the field. */
  renderChosen(item: T): ReactNode
  /** The name of the button that takes it out again, such as "Remove Ana". */
  removeLabel(item: T): string
}

const WAIT_MS = 120

type Found<T> = { items: readonly T[] | undefined; problem: string }

/** What `find` answers for the term; an answer that comes too late is dropped. */
const useFound = <T,>(term: string, find: (term: string) => Promise<readonly T[]>): Found<T> => {
  const [found, setFound] = useState<Found<T>>({ items: undefined, problem: '' })
  const latest = useRef(find)
  latest.current = find
  useEffect(() => {
    let isCurrent = true
    const ask = async (): Promise<void> => {
      try {
        const items = await latest.current(term.trim())
        if (isCurrent) setFound({ items, problem: '' })
      } catch (error) {
        if (isCurrent) setFound((before) => ({ ...before, problem: problemOf(error) }))
      }
    }
    const timer = setTimeout(() => void ask(), term === '' ? 0 : WAIT_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [term])
  return found
}

/** Chooses several of many things by name. The list stays open, because its only purpose is to choose. */
export const Picker = <T,>(props: PickerProps<T>) => {
  const { label, chosen, most, placeholder, none, onChange, keyOf, render } = props
  const say = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [term, setTerm] = useState('')
  const found = useFound(term, props.find)
  const { items } = found
  const problem = props.problem || found.problem
  const rows = items ?? []
  const { at, mark, field, idOf, onKey } = useVirtualFocus(`${id}-list`, rows.length, items)

  const isFull = chosen.length >= most
  const isChosen = (item: T): boolean => chosen.some((each) => keyOf(each) === keyOf(item))
  const toggle = (item: T): void => {
    if (isChosen(item)) onChange(chosen.filter((each) => keyOf(each) !== keyOf(item)))
    else if (!isFull) onChange([...chosen, item])
    setTerm('')
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const item = rows[at]
    if (onKey(event)) return
    if (event.key === 'Enter' && item !== undefined && (term !== '' || chosen.length === 0)) toggle(item)
    else if (event.key === 'Backspace' && term === '' && chosen.length > 0) onChange(chosen.slice(0, -1))
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.picker}>
      <label htmlFor={id}>{label}</label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the text is meant for the text */}
      <div className={styles.box} onClick={() => input.current?.focus()}>
        {chosen.map((item) => (
          <button
            key={keyOf(item)}
            type="button"
            className={styles.chosen}
            aria-label={props.removeLabel(item)}
            onClick={() => toggle(item)}
          >
            <span>{props.renderChosen(item)}</span>
            <X size={14} strokeWidth={2} aria-hidden />
          </button>
        ))}
        <input
          dir="auto"
          {...field}
          ref={input}
          id={id}
          aria-describedby={`${id}-note`}
          aria-invalid={props.problem ? true : undefined}
          placeholder={chosen.length === 0 ? placeholder : undefined}
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
        {rows.map((item, i) => (
          <li
            key={keyOf(item)}
            id={idOf(i)}
            role="option"
            aria-selected={isChosen(item)}
            aria-disabled={(isFull && !isChosen(item)) || undefined}
            data-at={i === at ? '' : undefined}
            onPointerMove={() => i !== at && mark(i)}
            onClick={() => toggle(item)}
          >
            {render(item)}
            {isChosen(item) && <Check size={18} strokeWidth={2} aria-hidden />}
          </li>
        ))}
      </ul>
      <p id={`${id}-note`} className={styles.note} role="status" data-problem={problem ? '' : undefined}>
        {problem || (items?.length === 0 ? none : isFull ? say('picker.full', { most }) : props.hint)}
      </p>
    </div>
  )
}
