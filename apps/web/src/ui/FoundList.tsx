import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Busy } from './Busy.tsx'
import { Button } from './Button.tsx'
import { FormProblem } from './FormProblem.tsx'
import list from './List.module.css'

type FoundListProps<T> = {
  /** What `useFound` gives. */
  found: {
    items: readonly T[] | undefined
    hasMore: boolean
    isBusy: boolean
    problem: string
    more(): void
  }
  label: string
  /** Stands there if nothing is found. */
  none: ReactNode
  keyOf(item: T): string
  render(item: T): ReactNode
}

/** A list from the server that comes page by page. */
export const FoundList = <T,>({ found, label, none, keyOf, render }: FoundListProps<T>) => {
  const say = useText()
  const { items, hasMore, isBusy, problem, more } = found
  return (
    <>
      <FormProblem text={problem} />
      {!items && isBusy && <Busy />}
      {items?.length === 0 && !hasMore && none}
      <ul className={list.list} aria-label={label} aria-busy={isBusy}>
        {items?.map((item) => (
          <li key={keyOf(item)} className={list.row}>
            {render(item)}
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button kind="quiet" isBusy={isBusy} onClick={more}>
          {say('members.more')}
        </Button>
      )}
    </>
  )
}
