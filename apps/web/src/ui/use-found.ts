/** A list that is searched while one types, and comes page by page. */
import { useEffect, useRef, useState } from 'react'
import { problemOf } from '../i18n/text.ts'

export type Page<T> = { items: readonly T[]; hasMore: boolean }

/** A page of a list of which the server gives `size` at a time. */
export const pageOf = <T>(items: readonly T[], size: number): Page<T> => ({
  items,
  hasMore: items.length === size,
})

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

  /** Asks for all loaded pages again, because something in them has changed. */
  const again = async (): Promise<void> => {
    const mine = ++question.current
    try {
      let all: Page<T> = { items: [], hasMore: true }
      for (let page = 0; page < Math.max(next.current, 1) && all.hasMore; page += 1) {
        const answer = await ask(page)
        if (mine !== question.current) return
        all = { ...answer, items: [...all.items, ...answer.items] }
      }
      setFound(all)
      setProblem('')
    } catch (error) {
      if (mine === question.current) setProblem(problemOf(error))
    } finally {
      if (mine === question.current) setBusy(false)
    }
  }

  return {
    items: found?.items,
    hasMore: found?.hasMore ?? false,
    isBusy,
    problem,
    more: () => void load(next.current),
    again: () => void again(),
    /** Puts other items in the place of those that are shown. */
    change: (next: (item: T) => T): void =>
      setFound((before) => before && { ...before, items: before.items.map(next) }),
    /** Takes items out of what is shown. */
    drop: (isGone: (item: T) => boolean): void =>
      setFound((before) => before && { ...before, items: before.items.filter((item) => !isGone(item)) }),
  }
}
