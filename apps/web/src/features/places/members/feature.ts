import { UsersRound } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { openPane } from '../../../platform/panes.ts'
import { membersPane } from './panes.ts'

export const members: Feature = {
  name: 'members',
  actions: [
    action({
      on: 'channel',
      name: 'members.show',
      label: 'channel.members',
      icon: UsersRound,
      keys: 'Ctrl+Shift+M',
      group: 'inside',
      shownIn: ['toolbar', 'menu', 'palette'],
      when: ({ type }) => type !== 'D',
      isOn: (_, read) => membersPane.isOpen(read(openPane)),
      run: ({ id }) => membersPane.toggle({ channelId: id }),
    }),
  ],
  rest: () => import('./rest.ts'),
}
