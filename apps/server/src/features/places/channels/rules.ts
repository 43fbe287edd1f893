/** Checks the names of channels. Source: protocol, semantics 9. */
import { createHash } from 'node:crypto'
import { Fault } from '../../../core/faults.ts'

/** The name (address) of a channel in the form that is stored. */
export const checkChannelName = (raw: string): string => {
  const name = raw.toLowerCase()
  // Two joined ids are the name of a direct conversation, so no other channel may have such a name.
  const isTaken = /^[a-z0-9]{26}__[a-z0-9]{26}$/.test(name) || /^[0-9a-f]{40}$/.test(name)
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(name) || isTaken) throw new Fault('channels.name')
  return name
}

/** The name of a direct conversation: the two ids, the smaller one first. */
export const directName = (a: string, b: string): string => (a < b ? `${a}__${b}` : `${b}__${a}`)

/** The name of a group conversation: SHA-1 of the sorted ids, in hexadecimal. No secret depends on it. */
export const groupName = (ids: readonly string[]): string =>
  createHash('sha1')
    .update([...ids].sort().join(''))
    .digest('hex')
