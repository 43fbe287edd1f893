/**
 * Bytes that wait in sockets for clients that do not read. One socket may hold some megabytes
 * (connection.ts). All of them share one budget; beyond it the connection with the most unsent bytes is
 * closed first.
 */

/** Bytes for all sockets of a server. */
const BUDGET = 64 * 1024 * 1024
/** This much is normal for a moment. */
const LAGGING = 16 * 1024

/** The part of a connection that this file needs. */
export type Reader = {
  /** Bytes that wait in its socket; 0 without one. */
  readonly unsent: number
  /** Closes it because its client reads too slowly. */
  closeSlow(): void
}

export type Unsent = {
  /** Call after each write. */
  note(reader: Reader): void
}

export const openUnsent = (budget = BUDGET): Unsent => {
  const lagging = new Set<Reader>()
  let notes = 0

  const look = () => {
    notes = 0
    let total = 0
    for (const reader of lagging) {
      if (reader.unsent > LAGGING) total += reader.unsent
      else lagging.delete(reader)
    }
    if (total <= budget) return
    for (const reader of [...lagging].sort((a, b) => b.unsent - a.unsent)) {
      total -= reader.unsent
      lagging.delete(reader)
      reader.closeSlow()
      if (total <= budget) return
    }
  }

  return {
    note(reader) {
      if (reader.unsent <= LAGGING) return
      lagging.add(reader)
      notes += 1
      // Not at each write: checking all of them takes longer than writing to one.
      if (notes * 8 > lagging.size) look()
    },
  }
}
