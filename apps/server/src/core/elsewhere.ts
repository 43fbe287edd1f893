/** Who is connected to other servers, as those report it. */

/** Everybody who is connected to a server, or one person who connected or disconnected. */
export type Who = readonly string[] | { opened: string } | { closed: string }

export type Elsewhere = {
  has(userId: string): boolean
  all(): string[]
  note(serverId: string, who: Who): void
}

/** Calls `left` for people who are no longer in a list: their server may be gone, and cannot say so. */
export const openElsewhere = (left: (userId: string) => void): Elsewhere => {
  /** People by the id of the server that they are connected to. */
  const others = new Map<string, Set<string>>()
  const has = (userId: string) => [...others.values()].some((ids) => ids.has(userId))
  const setAll = (serverId: string, ids: readonly string[]) => {
    const before = others.get(serverId)
    if (ids.length === 0) others.delete(serverId)
    else others.set(serverId, new Set(ids))
    for (const id of before ?? []) if (!has(id)) left(id)
  }
  return {
    has,
    all: () => [...others.values()].flatMap((ids) => [...ids]),
    note(serverId, who) {
      if ('opened' in who) {
        const known = others.get(serverId)
        if (known) known.add(who.opened)
        else others.set(serverId, new Set([who.opened]))
      } else if ('closed' in who) others.get(serverId)?.delete(who.closed)
      else setAll(serverId, who)
    },
  }
}
