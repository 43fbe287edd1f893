/** Sockets whose clients have not said yet who they are. */

/** Sockets of one network at a time that have not said who they are: when a server has started, a whole institute comes back at once. */
const MOST_STRANGERS = 2000

/** Counts the sockets of each network that have not said yet who they are: they cost memory, and have five seconds. */
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
