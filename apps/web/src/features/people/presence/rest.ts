/** What people can say about whether they are there. */

import { SmilePlus } from 'lucide-react'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { customStatus } from '../../../platform/people.ts'
import { quietUntil } from './dialogs.ts'
import { QUIET_ENDS } from './ends.ts'
import { type Chosen, setStatus } from './setting.ts'

const statusDialog = dialog(async () => (await import('./StatusDialog.tsx')).StatusDialog)

const hasStatuses = (_: unknown, read: Read): boolean =>
  read(client.settings.config).EnableUserStatuses !== 'false'
const hasCustom = (_: unknown, read: Read): boolean =>
  read(client.settings.config).EnableCustomUserStatuses !== 'false'
const isMine = (status: Chosen) => (_: unknown, read: Read) =>
  (read(client.presence.records.at(read(client.myId)))?.status ?? 'online') === status

const simple = (status: Exclude<Chosen, 'dnd'>): Action =>
  action({
    on: 'app',
    name: `presence.${status}`,
    label: `status.${status}`,
    group: 'status',
    when: hasStatuses,
    isOn: isMine(status),
    run: () => setStatus(status),
  })

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'presence.custom',
    label: 'presence.set',
    labelFor: (_, read) => (read(customStatus(read(client.myId))) ? 'presence.change' : 'presence.set'),
    icon: SmilePlus,
    group: 'custom',
    keys: 'Ctrl+Shift+Y',
    when: hasCustom,
    run: () => statusDialog.open(),
  }),
  simple('online'),
  simple('away'),
  simple('offline'),
  ...QUIET_ENDS.map(({ name, full, end }) =>
    action({
      on: 'app',
      name: `presence.dnd${name}`,
      label: full,
      shownIn: ['palette'],
      when: hasStatuses,
      run: () => setStatus('dnd', end(Date.now())),
    }),
  ),
  action({
    on: 'app',
    name: 'presence.quietUntil',
    label: 'presence.dndUntil',
    shownIn: ['palette'],
    when: hasStatuses,
    run: () => quietUntil.open(),
  }),
]
