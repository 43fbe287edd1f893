/**
 * When connections are written to. An event is put to its connections at once, in order; the writing, which is most of the cost (a system call for
 * each socket), is done in turns between other work. Whatever has come for a connection by its turn leaves in one piece: under load
 * a thousand sockets take four events hardly dearer than one. Those of small audiences are served before those of large ones.
 */
import type { Connection } from './connection.ts'
import type { Unsent } from './unsent.ts'

/** Connections written to in one turn, about half a millisecond. */
const SLICE = 64

export type Turns = {
  /** The connection has something to write. */
  due(connection: Connection, isOfMany: boolean): void
}

export const openTurns = (unsent: Unsent): Turns => {
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
