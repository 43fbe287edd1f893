/** The people whom a message mentions by @username, in the channel or not. */
import { mentionWords } from '@plausch/markdown'
import type { Db } from '../../../../core/db.ts'
import { findNamed, type NamedUser } from '../store.ts'

/**
 * If a name can be read in several ways ("@bo." and "@bo"), the first one that belongs to somebody counts.
 */
export const namedIn = async (
  db: Db,
  channel: { id: string; team_id: string },
  message: string,
): Promise<NamedUser[]> => {
  if (!message.includes('@')) return []
  const { words, readings } = mentionWords(message)
  const names = words.filter((word) => word.startsWith('@')).map((word) => word.slice(1))
  if (names.length === 0) return []
  const found = await findNamed(db, channel.id, channel.team_id, names)
  const known = new Set(found.map((user) => `@${user.username}`))
  const shadowed = new Set(
    readings.flatMap((group) => {
      const first = group.findIndex((reading) => known.has(reading))
      return first < 0 ? [] : group.slice(first + 1)
    }),
  )
  return found.filter((user) => !shadowed.has(`@${user.username}`))
}
