/** Channels of all teams: for administrators, and for everybody in their own teams. */
import type { ChannelSearch, ChannelWithTeam, channels, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { membershipsOfUser, rightsInTeam } from '../teams/index.ts'
import { defaultNames } from './defaults.ts'
import { findEverywhere, findInTeamsOf, type PlacedRow, type Wanted } from './everywhere-store.ts'
import { shownChannel } from './records.ts'

/** v4's limit for requests without a page. */
const MOST = 100

const shown = (row: PlacedRow): ChannelWithTeam => ({
  ...shownChannel(row),
  team_display_name: row.team_display_name,
  team_name: row.team_name,
  team_update_at: row.team_update_at,
})

export const listAll = async ({ db, server }: Context, { query }: InputOf<typeof channels.listAll>) => {
  const { page, per_page: limit } = query
  const wanted: Wanted = {
    term: '',
    byId: false,
    types: query.access_control_policy_enforced ? [] : ['O', 'P'],
    teamIds: null,
    which: query.include_deleted ? 'all' : 'active',
    without: query.exclude_default_channels ? defaultNames(server) : [],
    isConstrained: null,
    notLinkedTo: '',
  }
  const { rows, total } = await findEverywhere(db, wanted, { limit, offset: Math.max(page, 0) * limit })
  const found = rows.map(shown)
  return query.include_total_count ? { channels: found, total_count: total } : found
}

/** Channels that the actor is in, or could find in one of their teams. */
const searchOwnTeams = async (context: Context, term: string) => {
  const { db, actor } = context
  const open = (await membershipsOfUser(db, actor.userId)).filter((member) =>
    rightsInTeam(context, member)('list_team_channels'),
  )
  const ids = open.map(({ team_id }) => team_id)
  return (await findInTeamsOf(db, actor.userId, ids, term)).map(shown)
}

const typesOf = (body: ChannelSearch): Wanted['types'] => {
  if (body.access_control_policy_enforced) return []
  if (body.public && !body.private) return ['O']
  return body.private && !body.public ? ['P'] : ['O', 'P']
}

/** Only channels whose members groups decide, only the others, or (null) both. */
const constrainedOf = ({ group_constrained, exclude_group_constrained }: ChannelSearch): boolean | null =>
  group_constrained ? true : exclude_group_constrained ? false : null

export const searchAll = async (context: Context, { body, query }: InputOf<typeof channels.searchAll>) => {
  const { db, server } = context
  const { term = '', team_ids: teamIds = null } = body
  if (!query.system_console) return await searchOwnTeams(context, term)
  const isPaged = body.page !== undefined && body.per_page !== undefined
  const limit = body.per_page ?? MOST
  const all = query.include_deleted || body.include_deleted ? 'all' : 'active'
  const wanted: Wanted = {
    term: term.trim(),
    byId: body.include_search_by_id ?? false,
    types: typesOf(body),
    teamIds: teamIds && teamIds.length > 0 ? teamIds : null,
    which: body.deleted ? 'archived' : all,
    without: body.exclude_default_channels ? defaultNames(server) : [],
    isConstrained: constrainedOf(body),
    notLinkedTo: body.not_associated_to_group ?? '',
  }
  const { rows, total } = await findEverywhere(db, wanted, { limit, offset: (body.page ?? 0) * limit })
  const found = rows.map(shown)
  return isPaged ? { channels: found, total_count: total } : found
}
