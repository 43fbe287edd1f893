/** Whether the browser has a network. The server can be out of reach even if it has one. */
import { Value } from '@plausch/client'

export const isOnline = new Value(navigator.onLine)

for (const event of ['online', 'offline'])
  window.addEventListener(event, () => isOnline.set(navigator.onLine))
