/** The way into the console. */
import { SlidersHorizontal } from 'lucide-react'
import { goTo } from '../../../browser/path.ts'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { CONSOLE } from '../../../platform/console/address.ts'

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'console.open',
    label: 'console.title',
    icon: SlidersHorizontal,
    group: 'settings',
    // Every role that may do something there has one of these permissions.
    when: (_, read) => [...read(client.roles.permissions(''))].some((each) => each.startsWith('sysconsole_')),
    run: () => goTo(CONSOLE),
  }),
]
