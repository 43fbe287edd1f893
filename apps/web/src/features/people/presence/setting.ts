import { client } from '../../../platform/client.ts'

export type Chosen = 'online' | 'away' | 'dnd' | 'offline'

/** Sets the reader's status; with an end in milliseconds, the server goes back to online then. */
export const setStatus = (status: Chosen, end = 0): Promise<void> =>
  client.presence.setMine(status, Math.ceil(end / 1000))
