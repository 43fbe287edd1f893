/** Searching, for code anywhere; the feature `search` shows the results. */
import { Value } from '@plausch/client'

/** What somebody wants to search for; '' for an empty field. A new object each time. */
export const wantedSearch = new Value<{ term: string } | undefined>(undefined)

/** Opens the search and looks for a term, such as a hashtag; without a term, only opens it. */
export const searchFor = (term = ''): void => wantedSearch.set({ term })
