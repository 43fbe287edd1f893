/** Ways to requests, and their page. */
import { ClipboardList, ClipboardPen } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import type { Page } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { toPage } from '../../../platform/navigation.ts'
import { askForTeam } from './dialogs.ts'
import { hasRequests, mayAsk } from './rights.ts'

export const pages: readonly Page[] = [
  {
    path: 'requests',
    title: 'requests.title',
    Screen: later(async () => (await import('./RequestsPage.tsx')).RequestsPage),
  },
]

export const actions: readonly Action[] = [
  action({
    on: 'app',
    // The menu of the team shows what begins so.
    name: 'teams.request',
    label: 'requests.ask',
    icon: ClipboardPen,
    when: (_, read) => read(mayAsk),
    run: () => askForTeam.open(),
  }),
  action({
    on: 'app',
    name: 'requests.show',
    label: 'requests.show',
    icon: ClipboardList,
    group: 'settings',
    when: (_, read) => read(hasRequests),
    run: () => toPage('requests'),
  }),
]
