import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { afterMessages, later, laterWork } from '../../../platform/later.ts'

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
  rest: () => import('./rest.ts'),
  background: [tellTimezone, laterWork(async () => (await import('./seats.ts')).watchSeats)],
  channelParts: [later(async () => (await import('./SeatsBanner.tsx')).SeatsBanner, afterMessages)],
}
