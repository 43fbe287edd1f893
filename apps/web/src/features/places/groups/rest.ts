/** The way to the groups of people. */
import { UsersRound } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'

const groupsDialog = dialog(async () => (await import('./Groups.tsx')).Groups)

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'groups.show',
    label: 'groups.title',
    icon: UsersRound,
    group: 'settings',
    when: (_, read) => read(client.settings.config).EnableCustomGroups === 'true',
    run: () => groupsDialog.open(),
  }),
]
