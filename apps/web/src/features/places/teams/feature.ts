import { Plus, UserPlus } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { createTeam, invite } from './dialogs.ts'

export const teams: Feature = {
  name: 'teams',
  actions: [
    action({
      on: 'team',
      name: 'teams.invite',
      label: 'team.invite',
      icon: UserPlus,
      // Without the right to invite there is no link.
      when: ({ invite_id }) => invite_id !== '',
      run: ({ id }) => invite.open({ teamId: id }),
    }),
    action({
      on: 'app',
      name: 'teams.create',
      label: 'team.create',
      icon: Plus,
      when: (_, read) => read(client.roles.permissions('')).has('create_team'),
      run: () => createTeam.open(),
    }),
  ],
}
