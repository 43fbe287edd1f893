import { moveToRegion } from '../../../browser/keys.ts'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const help: Feature = {
  name: 'help',
  actions: [
    action({
      on: 'app',
      name: 'help.region',
      label: 'shortcuts.region',
      keys: 'F6',
      shownIn: [],
      run: () => moveToRegion(1),
    }),
    action({
      on: 'app',
      name: 'help.regionBack',
      label: 'shortcuts.regionBack',
      keys: 'Shift+F6',
      shownIn: [],
      run: () => moveToRegion(-1),
    }),
  ],
  rest: () => import('./rest.ts'),
  pages: [
    {
      path: 'help',
      title: 'help.title',
      Screen: later(async () => (await import('./HelpPage.tsx')).HelpPage),
    },
  ],
}
