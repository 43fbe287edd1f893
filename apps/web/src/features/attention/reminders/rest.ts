/** A reminder of a message. */
import { AlarmClock } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'

const remind = dialog(async () => (await import('./Remind.tsx')).Remind)

export const actions: readonly Action[] = [
  action({
    on: 'post',
    name: 'reminders.set',
    label: 'reminders.set',
    icon: AlarmClock,
    keys: 'M',
    group: 'mark',
    run: (post) => remind.open({ post }),
  }),
]
