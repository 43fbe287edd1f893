import { CircleHelp, Keyboard } from 'lucide-react'
import { moveToRegion } from '../../../browser/keys.ts'
import { action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { toPage } from '../../../platform/navigation.ts'

const shortcuts = dialog(async () => (await import('./Shortcuts.tsx')).Shortcuts)

export const help: Feature = {
  name: 'help',
  pages: [
    {
      path: 'help',
      title: 'help.title',
      Screen: later(async () => (await import('./HelpPage.tsx')).HelpPage),
    },
  ],
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
    action({
      on: 'app',
      name: 'help.read',
      label: 'help.title',
      icon: CircleHelp,
      slash: 'help',
      group: 'help',
      run: () => toPage('help'),
    }),
    action({
      on: 'app',
      name: 'help.shortcuts',
      label: 'shortcuts.title',
      icon: Keyboard,
      keys: 'Ctrl+/',
      slash: 'shortcuts',
      group: 'help',
      run: () => shortcuts.open(),
    }),
  ],
}
