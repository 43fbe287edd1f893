/** Links between groups of the directory and teams and channels. */
import type { ChannelSyncable, InputOf, syncables, TeamSyncable } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import type { ListedGroup } from '../groups/index.ts'
import type { TeamRow } from '../teams/index.ts'
import type { ChannelLinking, TeamLinking } from './access.ts'
import { announceLinked, settleLater } from './events.ts'
import { shownChannelSyncable, shownTeamSyncable } from './records.ts'
import {
  findSyncable,
  type Kind,
  listSyncables,
  type NamedSyncable,
  releaseMembers,
  saveSyncable,
  unlinkChannels,
} from './store.ts'

type Wanted = { auto_add?: boolean; scheme_admin?: boolean }

const ok = { status: 'OK' as const }

export const listTeams = async (
  { db }: Context,
  _input: unknown,
  group: ListedGroup,
): Promise<TeamSyncable[]> => (await listSyncables(db, group.id, 'Team')).map(shownTeamSyncable)

export const listChannels = async (
  { db }: Context,
  _input: unknown,
  group: ListedGroup,
): Promise<ChannelSyncable[]> => (await listSyncables(db, group.id, 'Channel')).map(shownChannelSyncable)

export const getTeam = (_context: Context, _input: unknown, row: NamedSyncable) => shownTeamSyncable(row)
export const getChannel = (_context: Context, _input: unknown, row: NamedSyncable) =>
  shownChannelSyncable(row)

const reload = async ({ db }: Context, groupId: string, placeId: string): Promise<NamedSyncable> => {
  const row = await findSyncable(db, groupId, placeId)
  if (!row) throw new Fault('app.group.no_rows')
  return row
}

/** What a link must know of a group. */
type Linked = Pick<ListedGroup, 'id' | 'allow_reference'>

/** Makes a link, or changes the one that is there; what is not said stays, and is off at first. */
const save = async (
  context: Context,
  group: Linked,
  kind: Kind,
  placeId: string,
  wanted: Wanted,
): Promise<void> => {
  const { db, now } = context
  const before = await findSyncable(db, group.id, placeId)
  const isThere = before !== undefined && before.delete_at === 0
  await saveSyncable(db, {
    group_id: group.id,
    place_id: placeId,
    kind,
    auto_add: wanted.auto_add ?? (isThere && before.auto_add),
    scheme_admin: wanted.scheme_admin ?? (isThere && before.scheme_admin),
    create_at: isThere ? before.create_at : now,
    update_at: now,
    delete_at: 0,
  })
  if (!isThere) announceLinked(context, group, kind, placeId, true)
  await record(context, '/groups/link', `group=${group.id} ${kind.toLowerCase()}=${placeId}`)
  await settleLater(context, [placeId])
}

/** Links a group to a team, or to a channel and its team. The caller checks the permission. */
export const linkPlace = async (
  context: Context,
  group: Linked,
  place: { kind: 'Team'; id: string } | { kind: 'Channel'; id: string; team: TeamRow },
  wanted: Wanted,
): Promise<void> => {
  if (place.kind === 'Channel') {
    const inTeam = await findSyncable(context.db, group.id, place.team.id)
    if (!inTeam || inTeam.delete_at > 0) {
      // Who is in such a team is decided there, and not by way of one of its channels.
      if (place.team.group_constrained) throw new Fault('group_not_associated_to_synced_team')
      await save(context, group, 'Team', place.team.id, { auto_add: wanted.auto_add ?? false })
    }
  }
  await save(context, group, place.kind, place.id, wanted)
}

export const linkTeam = async (
  context: Context,
  { body }: InputOf<typeof syncables.linkTeam>,
  { group, team }: TeamLinking,
): Promise<TeamSyncable> => {
  await save(context, group, 'Team', team.id, body)
  return shownTeamSyncable(await reload(context, group.id, team.id))
}

export const linkChannel = async (
  context: Context,
  { body }: InputOf<typeof syncables.linkChannel>,
  { group, team, channel }: ChannelLinking,
): Promise<ChannelSyncable> => {
  await linkPlace(context, group, { kind: 'Channel', id: channel.id, team }, body)
  return shownChannelSyncable(await reload(context, group.id, channel.id))
}

const linked = async ({ db }: Context, groupId: string, placeId: string): Promise<NamedSyncable> => {
  const row = await findSyncable(db, groupId, placeId)
  if (!row) throw new Fault('app.group.no_rows')
  if (row.delete_at > 0) throw new Fault('app.group.group_syncable_already_deleted')
  return row
}

/** Whoever came by the link and is not added any more stays, as if by hand. */
const patch = async (
  context: Context,
  group: ListedGroup,
  kind: Kind,
  placeId: string,
  wanted: Wanted,
): Promise<NamedSyncable> => {
  await linked(context, group.id, placeId)
  await save(context, group, kind, placeId, wanted)
  return await reload(context, group.id, placeId)
}

export const patchTeam = async (
  context: Context,
  { body }: InputOf<typeof syncables.patchTeam>,
  { group, team }: TeamLinking,
) => shownTeamSyncable(await patch(context, group, 'Team', team.id, body))

export const patchChannel = async (
  context: Context,
  { body }: InputOf<typeof syncables.patchChannel>,
  { group, channel }: ChannelLinking,
) => shownChannelSyncable(await patch(context, group, 'Channel', channel.id, body))

const ended = async (context: Context, group: ListedGroup, kind: Kind, placeIds: readonly string[]) => {
  await releaseMembers(context.db, placeIds)
  for (const id of placeIds) {
    announceLinked(context, group, kind, id, false)
    await record(context, '/groups/unlink', `group=${group.id} ${kind.toLowerCase()}=${id}`)
  }
  await settleLater(context, placeIds)
}

const remove = async (context: Context, group: ListedGroup, placeId: string): Promise<void> => {
  const row = await linked(context, group.id, placeId)
  await saveSyncable(context.db, { ...row, update_at: context.now, delete_at: context.now })
}

/** Also ends the group's links to channels of this team. */
export const unlinkTeam = async (context: Context, _input: unknown, { group, team }: TeamLinking) => {
  await remove(context, group, team.id)
  const channels = await unlinkChannels(context.db, group.id, team.id, context.now)
  await ended(context, group, 'Channel', channels)
  await ended(context, group, 'Team', [team.id])
  return ok
}

export const unlinkChannel = async (
  context: Context,
  _input: unknown,
  { group, channel }: ChannelLinking,
) => {
  await remove(context, group, channel.id)
  await ended(context, group, 'Channel', [channel.id])
  return ok
}
