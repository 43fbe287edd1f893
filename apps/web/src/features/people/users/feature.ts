import { MessageSquare, UserRound } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { profile } from './dialogs.ts'

export const users: Feature = {
  name: 'users',
  actions: [
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
  ],
}
