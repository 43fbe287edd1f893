import { AtSign, TextSearch } from 'lucide-react'
import { attempt } from '../../../i18n/text.ts'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { provideSearch } from '../../../platform/searching.ts'
import { mentionsPane, searchPane } from './panes.ts'

/** What was searched and found; loaded with the pane. */
const searches = () => import('./searches.ts')

/** Looks for a term, and shows what is found; without a term, what was searched last. */
const open = (term: string): void =>
  void attempt(async () => {
    const { begin } = await searches()
    begin(term)
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
      run: () => open(''),
    }),
    action({
      on: 'channel',
      name: 'search.inChannel',
      label: 'search.inChannel',
      icon: TextSearch,
      group: 'inside',
      run: async (channel) => {
        const { prefillFor } = await searches()
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
  background: [() => provideSearch(open)],
}
