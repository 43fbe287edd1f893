/** What people can do with each other. */
import { AtSign, Copy, LogOut, MessageSquare, UserRound } from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { say } from '../../../i18n/text.ts'
import { type Action, action } from '../../../platform/action.ts'
import { signOut } from '../../../platform/client.ts'
import { typeIntoComposer } from '../../../platform/compose.ts'
import { closeDialogs } from '../../../platform/dialogs.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { hereChannelId } from '../../../platform/place.ts'
import { profile } from './dialogs.ts'

const copyName = async ({ username }: { username: string }): Promise<void> => {
  await navigator.clipboard.writeText(`@${username}`)
  notify('done', say('people.nameCopied'))
}

export const actions: readonly Action[] = [
  action({
    on: 'person',
    name: 'users.show',
    label: 'people.profile',
    icon: UserRound,
    run: ({ id }) => profile.open({ userId: id }),
  }),
  action({
    on: 'person',
    name: 'users.write',
    label: 'people.write',
    icon: MessageSquare,
    run: ({ id }) => toConversation([id]),
  }),
  action({
    on: 'person',
    name: 'users.mention',
    label: 'people.mention',
    icon: AtSign,
    when: (_, read) => read(hereChannelId) !== '',
    run: ({ username }) => {
      closeDialogs()
      typeIntoComposer(`@${username} `)
    },
  }),
  action({
    on: 'person',
    name: 'users.copyName',
    label: 'people.copyName',
    icon: Copy,
    run: copyName,
  }),
  action({
    on: 'app',
    name: 'users.signOut',
    label: 'user.signOut',
    icon: LogOut,
    group: 'end',
    run: signOut,
  }),
]
