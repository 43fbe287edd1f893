/** Ways to the help. */
import { CircleHelp, Keyboard, LifeBuoy } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { hasContact } from '../../../platform/HelpDesk.tsx'
import { toPage } from '../../../platform/navigation.ts'
import { session } from '../../../platform/session.ts'

const contact = dialog(async () => (await import('./Contact.tsx')).Contact)
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
    name: 'help.contact',
    label: 'help.contact',
    icon: LifeBuoy,
    group: 'help',
    when: (_, read) => hasContact(read(session.settings.config)),
    run: () => contact.open(),
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
