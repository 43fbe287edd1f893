/**
 * Lists of channels: of a team, of a person, and by a part of the name. They contain only channels that the
 * actor could open.
 */
import type { Channel, channels, InputOf, Team } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { type SeenTeam, shownTeam } from '../teams/index.ts'
import { type SeenChannel, seeChannels } from './access.ts'
import { shownChannel } from './records.ts'
import {
  channelsOfUser,
  countMembersOf,
  searchGroups as findGroups,
  listArchivedChannels,
  listPrivateChannels,
  listPublicChannels,
  publicChannelsByIds,
  searchChannels,
  searchOwnChannels,
  teamsOfAllMembers,
} from './store.ts'

type Paged = { query: { page: number; per_page: number } }

const span = ({ query }: Paged) => [query.per_page, Math.max(query.page, 0) * query.per_page] as const

export const listPublic = async ({ db }: Context, input: Paged, { team }: SeenTeam) =>
  (await listPublicChannels(db, team.id, ...span(input))).map(shownChannel)

export const search = async (
  { db, actor }: Context,
  { body }: InputOf<typeof channels.search>,
  { team, can }: SeenTeam,
) => {
  const seesPublic = can('list_team_channels')
  return (await searchChannels(db, actor.userId, team.id, body.term, seesPublic)).map(shownChannel)
}

type OfUser = { query: { include_deleted: boolean } }

export const listOfUser = async ({ db }: Context, { query }: OfUser, userId: string): Promise<Channel[]> =>
  (await channelsOfUser(db, userId, '', query.include_deleted)).map(shownChannel)

export const listOfUserInTeam = async (
  { db }: Context,
  { query }: OfUser,
  { userId, teamId }: { userId: string; teamId: string },
): Promise<Channel[]> => (await channelsOfUser(db, userId, teamId, query.include_deleted)).map(shownChannel)

export const autocomplete = (
  context: Context,
  { query, params }: InputOf<typeof channels.autocomplete>,
  seen: SeenTeam,
) => search(context, { params, query: {}, body: { term: query.name } }, seen)

export const autocompleteForSearch = async (
  { db, actor }: Context,
  { query }: InputOf<typeof channels.autocompleteForSearch>,
  { team }: SeenTeam,
) => (await searchOwnChannels(db, actor.userId, team.id, query.name)).map(shownChannel)

/** Archived channels: public ones, and private ones of which the actor was a member. */
export const listArchived = async ({ db, actor }: Context, input: Paged, { team, can }: SeenTeam) => {
  const whose = {
    userId: actor.userId,
    all: actor.can('manage_system'),
    open: can('list_team_channels'),
  }
  return (await listArchivedChannels(db, team.id, whose, ...span(input))).map(shownChannel)
}

export const listPrivate = async ({ db }: Context, input: Paged, { team }: SeenTeam) =>
  (await listPrivateChannels(db, team.id, ...span(input))).map(shownChannel)

export const listPublicByIds = async (
  { db }: Context,
  { body }: InputOf<typeof channels.listPublicByIds>,
  { team }: SeenTeam,
) => (await publicChannelsByIds(db, team.id, body)).map(shownChannel)

/** The actor's group conversations in which every word of the term is a part of some member's name. */
export const searchGroups = async ({ db, actor }: Context, { body }: InputOf<typeof channels.searchGroups>) =>
  (
    await findGroups(
      db,
      actor.userId,
      body.term.split(/[\s,]+/).filter((word) => word !== ''),
    )
  ).map(shownChannel)

/** The teams to which all members of a conversation belong. */
export const commonTeams = async (
  context: Context,
  _input: unknown,
  { channel }: SeenChannel,
): Promise<Team[]> =>
  (await teamsOfAllMembers(context.db, channel.id)).map((team) => shownTeam(context, team, undefined))

/** The number of members of several channels. */
export const memberCounts = async (
  context: Context,
  { body }: InputOf<typeof channels.memberCounts>,
): Promise<Record<string, number>> => {
  const seen = [...(await seeChannels(context, body)).keys()]
  const counts = new Map((await countMembersOf(context.db, seen)).map(({ channel_id, n }) => [channel_id, n]))
  return Object.fromEntries(seen.map((id) => [id, counts.get(id) ?? 0]))
}

export const remotes = (): Record<string, unknown>[] => []
