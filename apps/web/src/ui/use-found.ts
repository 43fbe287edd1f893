/** A list that is searched while one types, and comes page by page. */
import { useEffect, useRef, useState } from 'react'
import { problemOf } from '../i18n/text.ts'

export type Page<T> = { items: readonly T[]; hasMore: boolean }

/** After a letter, before the server is asked. */
const WAIT_MS = 200

/**
 * Asks again when the question changes, a moment after the last letter of `term`; a late answer to an earlier
 * question is dropped. `items` is undefined before the first answer.
 */
export const useFound = <T>(about: string, term: string, ask: (page: number) => Promise<Page<T>>) => {
  const [found, setFound] = useState<Page<T>>()
  const [isBusy, setBusy] = useState(true)
  const [problem, setProblem] = useState('')
  const question = useRef(0)
  /** The page after the loaded ones. */
  const next = useRef(0)

  const load = async (page: number): Promise<void> => {
    const mine = ++question.current
    setBusy(true)
    setProblem('')
    try {
      const answer = await ask(page)
      if (mine !== question.current) return
      next.current = page + 1
      setFound((before) =>
        page === 0 ? answer : { ...answer, items: [...(before?.items ?? []), ...answer.items] },
      )
    } catch (error) {
      if (mine === question.current) setProblem(problemOf(error))
    } finally {
      if (mine === question.current) setBusy(false)
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks when the question changes
  useEffect(() => {
    const timer = setTimeout(() => void load(0), term === '' ? 0 : WAIT_MS)
    return () => {
      clearTimeout(timer)
      question.current += 1
    }
  }, [about, term])

  return {
    items: found?.items,
    hasMore: found?.hasMore ?? false,
    isBusy,
    problem,
    more: () => void load(next.current),
    /** Takes items out of what is shown. */
    drop: (isGone: (item: T) => boolean): void =>
      setFound((before) => before && { ...before, items: before.items.filter((item) => !isGone(item)) }),
  }
}
