/** Teams that people can join without an invitation. */
import { teams as operations, type Team } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import type { Page } from '../../../ui/use-found.ts'

const PAGE = 50

/**
 * One page, beginning with 0, of those that the reader is not in, by a part of their names. A page may be
 * short, or empty, and have another after it.
 */
export const openTeams = async (term: string, page: number): Promise<Page<Team>> => {
  const body = { term, page, per_page: PAGE, allow_open_invite: true }
  const reply = await client.call(operations.search, { body })
  const found = Array.isArray(reply) ? reply : reply.teams
  const items = found.filter(({ id, delete_at }) => delete_at === 0 && !client.teams.records.has(id))
  return { items, hasMore: found.length === PAGE }
}
