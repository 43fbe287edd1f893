import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { hereChannelId } from '../../../platform/place.ts'
import { firstActions } from './first-actions.ts'
import { closedPreference, isUnread, lingering } from './order.ts'

/** An opened channel keeps its place in the sidebar; a closed conversation that is opened again is back. */
const followVisits = (): (() => void) => {
  const visited = (): void => {
    const id = hereChannelId.get()
    if (id !== '' && id !== lingering.get()) lingering.set(isUnread(id).get() ? id : '')
    const channel = client.channels.records.one(id)
    if (!channel || (channel.type !== 'D' && channel.type !== 'G')) return
    const [kind, name] = closedPreference(channel, client.myId.get())
    if (client.preferences.at(kind, name).get()?.value !== 'false') return
    // Nobody waits for it, and without it the row only hides later.
    client.preferences.save(kind, name, 'true').catch(() => undefined)
  }
  visited()
  return hereChannelId.subscribe(visited)
}

export const categories: Feature = {
  name: 'categories',
  actions: firstActions,
  rest: () => import('./rest.ts'),
  background: [followVisits],
}
