/** Sockets whose clients have not authenticated yet. */

/**
 * The most unauthenticated sockets of one network at a time: after a restart, a whole institute reconnects at
 * once.
 */
const MOST_STRANGERS = 2000

/** Counts the unauthenticated sockets of each network: they cost memory, and have five seconds. */
export const openStrangers = () => {
  const counts = new Map<string, number>()
  return {
    admit(network: string): boolean {
      const count = counts.get(network) ?? 0
      if (count >= MOST_STRANGERS) return false
      counts.set(network, count + 1)
      return true
    },
    release(network: string): void {
      const left = (counts.get(network) ?? 0) - 1
      if (left > 0) counts.set(network, left)
      else counts.delete(network)
    },
  }
}
