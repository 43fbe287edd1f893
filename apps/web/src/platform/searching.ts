/** Searching for a term from anywhere, such as a hashtag. The feature that searches fills this in. */
import { derive, type Source, Value } from '@plausch/client'

type Search = (term: string) => void

const search = new Value<Search | undefined>(undefined)

/** Can this client search? Before that, hashtags are plain text. */
export const canSearch: Source<boolean> = derive([search], (how) => how !== undefined)

/** Says how to search; returns a function that takes it back. */
export const provideSearch = (how: Search): (() => void) => {
  search.set(how)
  return () => search.set(undefined)
}

/** Searches for a term and shows what is found. */
export const searchFor = (term: string): void => search.get()?.(term)
