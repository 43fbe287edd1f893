/** Ways to the help. */
import { CircleHelp, Keyboard } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { toPage } from '../../../platform/navigation.ts'

const shortcuts = dialog(async () => (await import('./Shortcuts.tsx')).Shortcuts)

export const actions: readonly Action[] = [
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
]
