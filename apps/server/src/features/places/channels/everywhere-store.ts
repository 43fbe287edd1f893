/** Channels of all teams. Conversations belong to no team, so these lists exclude them. */
import type { Db } from '../../../core/db.ts'
import { type ChannelRow, like } from './store.ts'

export type PlacedRow = ChannelRow & { team_name: string; team_display_name: string; team_update_at: number }

export type Wanted = {
  term: string
  /** May the term also be the id of a channel? */
  byId: boolean
  types: readonly ('O' | 'P')[]
  teamIds: readonly string[] | null
  which: 'active' | 'archived' | 'all'
  /** Names of channels to leave out. */
  without: readonly string[]
  /** Whether groups decide who is a member; null for both. */
  isConstrained: boolean | null
  /** Only channels that this group is not linked to; '' for all. */
  notLinkedTo: string
}

type Span = { limit: number; offset: number }

const columns = 'c.*, t.name as team_name, t.display_name as team_display_name, t.update_at as team_update_at'
const order = (term: string) =>
  `order by not (name_forms(c.display_name) like any(${term}) or c.name like any(${term})), lower(c.display_name) collate "C", t.display_name collate "C", c.id`

export const findEverywhere = async (
  db: Db,
  { term, byId, types, teamIds, which, without, isConstrained, notLinkedTo }: Wanted,
  { limit, offset }: Span,
): Promise<{ rows: PlacedRow[]; total: number }> => {
  const found = `from channels c join teams t on t.id = c.team_id
    where c.type = any($1::text[]) and ($2::text[] is null or c.team_id = any($2)) and c.name <> all($3::text[])
      and ($4 = 'all' or (c.delete_at > 0) = ($4 = 'archived'))
      and (name_forms(c.display_name) like any($5) or c.name like any($5) or name_forms(c.purpose) like any($5) or c.id = $6)
      and ($7::boolean is null or coalesce(c.group_constrained, false) = $7)
      and ($8 = '' or not exists (select from syncables s where s.place_id = c.id and s.group_id = $8 and s.delete_at = 0))`
  const values = [types, teamIds, without, which, like(term), byId ? term : '', isConstrained, notLinkedTo]
  const rows = await db.rows<PlacedRow>(`select ${columns} ${found} ${order('$5')} limit $9 offset $10`, [
    ...values,
    limit,
    offset,
  ])
  const count = await db.row<{ n: number }>(`select count(*) as n ${found}`, values)
  return { rows, total: count?.n ?? 0 }
}

/** Channels in the teams of a user: those of which they are a member and, in `openTeamIds`, public ones. */
export const findInTeamsOf = (db: Db, userId: string, openTeamIds: readonly string[], term: string) =>
  db.rows<PlacedRow>(
    `select ${columns} from channels c
     join teams t on t.id = c.team_id and t.delete_at = 0
     join team_members tm on tm.team_id = t.id and tm.user_id = $1
     where c.delete_at = 0 and (name_forms(c.display_name) like any($3) or c.name like any($3) or name_forms(c.purpose) like any($3))
       and ((c.type = 'O' and c.team_id = any($2::text[]))
         or exists (select from channel_members m where m.channel_id = c.id and m.user_id = $1))
     ${order('$3')} limit 100`,
    [userId, openTeamIds, like(term)],
  )
