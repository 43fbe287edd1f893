import { UsersRound } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { groupsDialog } from './dialogs.ts'

export const groups: Feature = {
  name: 'groups',
  profileParts: [later(async () => (await import('./PersonGroups.tsx')).PersonGroups)],
  actions: [
    action({
      on: 'app',
      name: 'groups.show',
      label: 'groups.title',
      icon: UsersRound,
      group: 'settings',
      when: (_, read) => read(client.settings.config).EnableCustomGroups === 'true',
      run: () => groupsDialog.open(),
    }),
  ],
}
