import { AtSign, TextSearch } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { searchFor, wantedSearch } from '../../../platform/searching.ts'
import { mentionsPane, searchPane } from './panes.ts'
import { begin, prefillFor } from './searches.ts'

/** Opens the pane whenever somebody wants to search. */
const followSearches = (): (() => void) =>
  wantedSearch.subscribe(() => {
    const wanted = wantedSearch.get()
    if (!wanted) return
    begin(wanted.term)
    searchPane.open()
  })

export const search: Feature = {
  name: 'search',
  actions: [
    action({
      on: 'app',
      name: 'search.open',
      label: 'search.title',
      icon: TextSearch,
      keys: 'Ctrl+Shift+F',
      run: () => searchFor(),
    }),
    action({
      on: 'channel',
      name: 'search.inChannel',
      label: 'search.inChannel',
      icon: TextSearch,
      group: 'inside',
      run: (channel) => {
        prefillFor(channel)
        searchPane.open()
      },
    }),
    action({
      on: 'app',
      name: 'search.mentions',
      label: 'search.mentions',
      icon: AtSign,
      keys: 'Alt+Shift+M',
      group: 'mine',
      run: () => mentionsPane.toggle(),
    }),
  ],
  background: [followSearches],
}
