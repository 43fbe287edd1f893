/** Does this page hear of what happens? */
import { derive, type Source } from '@plausch/client'
import { isOnline } from '../browser/network.ts'
import { client } from './client.ts'

/** The socket learns of a lost network later than the browser does. */
export const isConnected: Source<boolean> = derive(
  [client.connection, isOnline],
  (status, hasNetwork) => status === 'open' && hasNetwork,
)
