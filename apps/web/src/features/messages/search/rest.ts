/** Ways to search. */
import { AtSign, TextSearch } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { pane } from '../../../platform/panes.ts'
import { beginSearch, searches } from './begin.ts'
import { searchPane } from './panes.ts'

const mentionsPane = pane('mentions', async () => (await import('./MentionsPane.tsx')).MentionsPane)

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'search.open',
    label: 'search.title',
    icon: TextSearch,
    keys: 'Ctrl+Shift+F',
    run: () => beginSearch(''),
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
]
