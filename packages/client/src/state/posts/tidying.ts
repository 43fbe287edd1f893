/** When the client forgets posts that nothing shows or refers to any more; `trim.ts` says which. */
import { batch } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { Kept } from './trim.ts'

/** After so many changes of posts, and so long after them: a page that is busy does it later. */
const EVERY = 200
const DELAY_MS = 1000

type Ids = () => Iterable<string>

export const createTidying = (
  { device, track }: Context,
  parts: Pick<Kept, 'records' | 'timelines' | 'replies'>,
  dropped: (id: string) => void,
) => {
  const following = new Set<string>()
  const holders = { held: new Set<Ids>(), places: new Set<Ids>() }
  const all = function* (those: ReadonlySet<Ids>): Iterable<string> {
    for (const ids of those) yield* ids()
  }
  const kept: Kept = {
    ...parts,
    following,
    held: () => all(holders.held),
    places: () => all(holders.places),
  }
  /** What the last pass found unused, and nobody has touched since. */
  const unused = new Set<string>()
  let changes = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const pass = async (): Promise<void> => {
    const { trimPosts } = await import('./trim.ts')
    // The copies stay as they are: they have only what is newest.
    const found = batch(() => device.quietly(() => trimPosts(kept, unused)))
    unused.clear()
    for (const id of found) unused.add(id)
    changes = 0
    if (unused.size > 0) soon()
  }
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      track(pass())
    }, DELAY_MS)
  }

  parts.records.watchKeys((id) => {
    unused.delete(id)
    if (!parts.records.has(id)) dropped(id)
    changes += 1
    if (changes === EVERY) soon()
  })

  return {
    /** Says whether the reader of a list (the id of a channel or of a root) is at its end. */
    follow(listId: string, isAtEnd: boolean): void {
      if (following.has(listId) === isAtEnd) return
      if (!isAtEnd) following.delete(listId)
      else {
        following.add(listId)
        soon()
      }
    },
    soon,
    pass,
    /** The posts of `ids` stay; with `isPlace`, also their surroundings. */
    hold: (ids: Ids, isPlace = false): void => void holders[isPlace ? 'places' : 'held'].add(ids),
    clear(): void {
      clearTimeout(timer)
      timer = undefined
      unused.clear()
    },
  }
}
