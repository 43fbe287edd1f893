/**
 * Schedules writes to sockets. An event is appended to its connections at once, in order. Writing costs most
 * (a system call per socket), so it is done in slices, between other work. Everything that has been appended
 * by then leaves in one piece: under load, four events to a thousand sockets cost hardly more than one. Small
 * audiences are served before large ones.
 */
import type { Connection } from './connection.ts'
import type { Unsent } from './unsent.ts'

/** Connections written in one slice; about half a millisecond. */
const SLICE = 64

export type WriteScheduler = {
  /** The connection has something to write. */
  due(connection: Connection, isOfMany: boolean): void
}

export const openWriteScheduler = (unsent: Unsent): WriteScheduler => {
  const [few, many] = [new Set<Connection>(), new Set<Connection>()]
  let isPlanned = false
  const plan = () => {
    if (isPlanned) return
    isPlanned = true
    setImmediate(turn)
  }
  const turn = () => {
    isPlanned = false
    let left = SLICE
    for (const queue of [few, many]) {
      for (const connection of queue) {
        if (left === 0) return plan()
        left -= 1
        queue.delete(connection)
        connection.write()
        unsent.note(connection)
      }
    }
  }
  return {
    due(connection, isOfMany) {
      const queue = isOfMany ? many : few
      queue.add(connection)
      plan()
    },
  }
}
