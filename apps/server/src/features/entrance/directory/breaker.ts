/**
 * While the directory does not answer, people are told so at once instead of waiting, and it is left in
 * peace. After ten seconds the next one tries again.
 */

import { Fault } from '../../../core/faults.ts'
import { type Connection, DirectoryDown, openConnection } from '../../../core/ldap.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { openTurns } from '../../../core/turns.ts'
import { findFiles } from './store.ts'
import { targetOf } from './target.ts'

const OPEN_MS = 10_000
/** A sign-in waits no longer than this for each answer. */
export const SIGN_IN_MS = 4000
/** Questions that only add something to what somebody does have less time, for each answer. */
export const ASIDE_MS = 2000
/** Sign-ins that speak with the directory at once; the others wait, one line for each address. */
const AT_ONCE = 8
const MOST_WAITING = 1000

const stateOf = perServer(
  'whether the directory answers, and who waits for it',
  'each server has its own connections',
  () => ({ downUntil: 0, inTurn: openTurns(AT_ONCE, MOST_WAITING, () => new Fault('signin.busy')) }),
)

/** The directory came back, or its settings changed. */
export const closeBreaker = (server: Server): void => {
  stateOf(server).downUntil = 0
}

export const isDown = (server: Server): boolean => stateOf(server).downUntil > Date.now()

/**
 * Does some work on a connection of its own, and closes it. Throws `DirectoryDown` if the directory cannot be
 * used; if a sign-in finds that, nobody tries again for a while. Whatever has a time limit of its own says
 * nothing about sign-ins.
 */
export const withDirectory = <T>(
  server: Server,
  place: string,
  work: (connection: Connection) => Promise<T>,
  timeoutMs = SIGN_IN_MS,
): Promise<T> => {
  const state = stateOf(server)
  return state.inTurn(place, async () => {
    if (isDown(server)) throw new DirectoryDown('the directory did not answer a moment ago')
    const { LdapSettings, PlauschSettings } = server.settings()
    try {
      const target = targetOf(LdapSettings, PlauschSettings, await findFiles(server.db))
      const connection = await openConnection(target, timeoutMs)
      try {
        return await work(connection)
      } finally {
        connection.close()
      }
    } catch (error) {
      if (error instanceof DirectoryDown && timeoutMs === SIGN_IN_MS) {
        state.downUntil = Date.now() + OPEN_MS
        server.log.warn({ err: error }, 'the directory cannot be used')
      }
      throw error
    }
  })
}
