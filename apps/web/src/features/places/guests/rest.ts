/** What people see and do of the stay of guests. */
import { CalendarX } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { later } from '../../../platform/later.ts'
import { isGuest } from '../../../platform/people.ts'
import { mayTry } from './stays.ts'

const endDialog = dialog(async () => (await import('./GuestEnd.tsx')).GuestEnd)

export const profileParts = [later(async () => (await import('./GuestStay.tsx')).GuestStay)]

export const actions: readonly Action[] = [
  action({
    on: 'person',
    name: 'guests.setEnd',
    label: 'guests.setEnd',
    icon: CalendarX,
    group: 'guest',
    when: (user, read) => isGuest(user) && user.id !== read(client.myId) && read(mayTry(user.id)),
    run: ({ id }) => endDialog.open({ userId: id }),
  }),
]
