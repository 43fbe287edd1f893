/** What people can do with the members of a channel. */
import { UserPlus } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { isConversation, reasonAgainst } from '../channels/rights.ts'
import { addPeople } from './panes.ts'

const addToChannel = dialog(async () => (await import('./AddToChannel.tsx')).AddToChannel)

export const actions: readonly Action[] = [
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
]
