import { Copy, MessageSquare, UserRound } from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { say } from '../../../i18n/text.ts'
import { action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { profile } from './dialogs.ts'

const copyName = async ({ username }: { username: string }): Promise<void> => {
  await navigator.clipboard.writeText(`@${username}`)
  notify('done', say('people.nameCopied'))
}

/**
 * Tells the server the time zone of this device, if it has another one: mails and other people's clients
 * need it.
 */
const tellTimezone = (): (() => void) => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const told = client.me.get()?.timezone
  const isNew = told && told.automaticTimezone !== zone && told.useAutomaticTimezone !== 'false'
  // It is no failure of anything that the reader does; the next start tries again.
  if (isNew && zone)
    client.users.patchMe({ timezone: { ...told, automaticTimezone: zone } }).catch(() => undefined)
  return () => undefined
}

export const users: Feature = {
  name: 'users',
  background: [tellTimezone],
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
    action({
      on: 'person',
      name: 'users.copyName',
      label: 'people.copyName',
      icon: Copy,
      run: copyName,
    }),
  ],
}
