import { UserPlus, UsersRound } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { openPane } from '../../../platform/panes.ts'
import { isConversation, reasonAgainst } from '../channels/rights.ts'
import { addPeople, addToChannel, membersPane } from './panes.ts'

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
    action({
      on: 'channel',
      name: 'members.add',
      label: 'members.add',
      icon: UserPlus,
      when: (channel) => !isConversation(channel) && channel.delete_at === 0,
      hindrance: (channel, read) => reasonAgainst(read, channel, 'members'),
      run: ({ id }) => addPeople.open({ channelId: id }),
    }),
    action({
      on: 'person',
      name: 'members.addPerson',
      label: 'members.addToChannel',
      icon: UserPlus,
      when: ({ id, delete_at }, read) => delete_at === 0 && id !== read(client.myId),
      run: ({ id }) => addToChannel.open({ userId: id }),
    }),
  ],
}
