import { AlarmClock } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'

const remind = dialog(async () => (await import('./Remind.tsx')).Remind)

export const reminders: Feature = {
  name: 'reminders',
  actions: [
    action({
      on: 'post',
      name: 'reminders.set',
      label: 'reminders.set',
      icon: AlarmClock,
      keys: 'M',
      group: 'mark',
      run: (post) => remind.open({ post }),
    }),
  ],
}
