import { attempt } from '../../../i18n/text.ts'
import { searchPane } from './panes.ts'

/** What was searched and found; loaded with the pane. */
export const searches = () => import('./searches.ts')

/** Looks for a term, and shows what is found; without a term, what was searched last. */
export const beginSearch = (term: string): void =>
  void attempt(async () => {
    const { begin } = await searches()
    begin(term)
    searchPane.open()
  })
