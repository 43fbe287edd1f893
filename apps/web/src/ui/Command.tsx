import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import styles from './Command.module.css'
import { useFirstFocus } from './first-focus.ts'
import { ModalFrame } from './ModalFrame.tsx'
import { useVirtualFocus } from './use-virtual-focus.ts'

type CommandProps<T> = {
  label: string
  /** The name of the list of results. */
  results: string
  placeholder?: string
  term: string
  onTerm(term: string): void
  /** What fits the term, best first. At most 60 rows are shown. */
  groups: readonly { label?: string; items: readonly T[] }[]
  keyOf(item: T): string
  render(item: T): ReactNode
  /** `isOther`: with Ctrl or Command, for a second way to open it. */
  choose(item: T, isOther: boolean): void
  /** Said when nothing fits. */
  none: ReactNode
  /** One line below the list, for example which keys do what. */
  foot?: ReactNode
  onClose(): void
}

/** More than anybody reads; each costs time on every letter. */
const MOST = 60

type Row<T> = { item: T; at: number }

/** Cuts the groups after 60 rows, and counts the rows through all groups. */
const numbered = <T,>(groups: CommandProps<T>['groups']): { label?: string; rows: Row<T>[] }[] => {
  let count = 0
  return groups
    .map(({ items, ...group }) => ({
      ...group,
      rows: items.slice(0, MOST - count).map((item) => ({ item, at: count++ })),
    }))
    .filter(({ rows }) => rows.length > 0)
}

/**
 * The frame of the quick switcher and its like: a text field over a list of results in groups. The results
 * must be there at once; what comes later is added by a new `groups`.
 */
export const Command = <T,>(props: CommandProps<T>) => (
  <ModalFrame size="top" label={props.label} isDismissable onClose={props.onClose}>
    <Content {...props} />
  </ModalFrame>
)

const Content = <T,>(props: CommandProps<T>) => {
  const { label, term, placeholder, keyOf, render, choose } = props
  const id = useId()
  const box = useFirstFocus()
  const groups = numbered(props.groups)
  const all = groups.flatMap(({ rows }) => rows)
  const { at, mark, field, idOf, onKey } = useVirtualFocus(id, all.length, term)

  const onKeyDown = (event: KeyboardEvent): void => {
    const item = all[at]?.item
    if (onKey(event) || event.key !== 'Enter' || item === undefined) return
    event.preventDefault()
    choose(item, event.ctrlKey || event.metaKey)
  }

  return (
    <div ref={box} className={styles.command}>
      <div className={styles.box}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <input
          dir="auto"
          {...field}
          aria-label={label}
          placeholder={placeholder}
          value={term}
          onChange={(event) => props.onTerm(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={id} role="listbox" aria-label={props.results} className={styles.list}>
        {groups.map((group, i) => (
          <div
            key={group.label ?? i}
            role="group"
            aria-labelledby={group.label ? `${id}-group-${i}` : undefined}
          >
            {group.label && (
              <div id={`${id}-group-${i}`} className={styles.heading} role="presentation">
                {group.label}
              </div>
            )}
            {group.rows.map((row) => (
              <div
                key={keyOf(row.item)}
                id={idOf(row.at)}
                role="option"
                aria-selected={row.at === at}
                className={styles.row}
                onPointerMove={() => row.at !== at && mark(row.at)}
                onClick={(event) => choose(row.item, event.ctrlKey || event.metaKey)}
              >
                {render(row.item)}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className={styles.none} role="status">
        {all.length === 0 ? props.none : ''}
      </p>
      {props.foot && <div className={styles.foot}>{props.foot}</div>}
    </div>
  )
}
