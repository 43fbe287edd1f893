import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { Fault } from '../../../core/faults.ts'
import { addJobs, each, queue } from '../../../core/queue.ts'
import { channelChanged } from '../channels/index.ts'
import { groupLinked, type ListedGroup } from '../groups/index.ts'
import { memberRemoved, membersAdded } from '../members/index.ts'
import { teamConstrained, teamMemberRemoved, teamMembersAdded } from '../teams/index.ts'
import { settle } from './applying.ts'
import { dropPlacements, type Kind, outsideOf, placesOfGroups, releaseMembers, saveLeft } from './store.ts'

/**
 * Sent to the team or the channel. That a group which nobody may mention is linked there concerns only
 * administrators.
 */
export const announceLinked = (
  context: Context,
  { id: group_id, allow_reference }: Pick<ListedGroup, 'id' | 'allow_reference'>,
  kind: Kind,
  placeId: string,
  isLinked: boolean,
): void => {
  const place = kind === 'Team' ? { team: placeId } : { channel: placeId }
  const audience = allow_reference ? place : { ...place, admins: true }
  const not = isLinked ? '' : 'not_'
  const where = kind === 'Team' ? 'team' : 'channel'
  context.publish(`received_group_${not}associated_to_${where}`, { group_id }, audience)
}

/** Makes the members of places as groups say, after the answer. Looks itself at what is to do then. */
export const settling = queue<{ place_ids: string[] }>({
  name: 'syncables.settle',
  run: each(async (server, { payload }, signal) => {
    await settle(server, payload.place_ids, signal)
    return signal.aborted ? { laterMs: 0 } : 'done'
  }),
})

/**
 * One job for each place waits at most, however often the place changes; one that runs already is followed by
 * it.
 */
export const settleLater = async (context: Context, placeIds: readonly string[]): Promise<void> => {
  await addJobs(
    context,
    settling,
    [...new Set(placeIds)].map((id) => ({ key: id, payload: { place_ids: [id] } })),
  )
}

/** In a place whose members groups decide, nobody else comes in, by whatever way. */
const refuseOutsiders = async (
  { db }: Context,
  place: { id: string; group_constrained: boolean | null },
  userIds: readonly string[],
  code: 'api.team.add_members.user_denied' | 'api.channel.add_members.user_denied',
): Promise<void> => {
  if (place.group_constrained && (await outsideOf(db, place.id, userIds)).length > 0) throw new Fault(code)
}

/** Whoever leaves a place, or is removed by hand, is not brought back by the next pass. */
const noteRemoved = async (
  { db, now }: Context,
  placeId: string,
  userId: string,
  isRemembered: boolean,
): Promise<void> => {
  await dropPlacements(db, [placeId], [userId])
  if (isRemembered) await saveLeft(db, placeId, userId, now)
}

export default [
  within(teamMembersAdded, async (context, { team, user_ids, by }) => {
    await refuseOutsiders(context, team, user_ids, 'api.team.add_members.user_denied')
    // What somebody does by hand is theirs, whatever the directory did before.
    if (by !== '') await dropPlacements(context.db, [team.id], user_ids)
  }),
  within(membersAdded, async (context, { added, by, isNew }) => {
    for (const { channel, user_ids } of added)
      await refuseOutsiders(context, channel, user_ids, 'api.channel.add_members.user_denied')
    const ids = added.filter(({ channel }) => channel.team_id !== '').map(({ channel }) => channel.id)
    if (by === '' || isNew || ids.length === 0) return
    await dropPlacements(
      context.db,
      ids,
      added.flatMap(({ user_ids }) => user_ids),
    )
  }),
  within(teamMemberRemoved, (context, { team, user_id, by }) =>
    noteRemoved(context, team.id, user_id, by !== ''),
  ),
  // Who leaves a team leaves its channels without meaning each of them.
  within(memberRemoved, async (context, { channel, user_id, by, withTeam }) => {
    if (channel.team_id !== '') await noteRemoved(context, channel.id, user_id, by !== '' && !withTeam)
  }),
  within(teamConstrained, (context, { team_id }) => settleLater(context, [team_id])),
  within(channelChanged, async (context, { channel, change }) => {
    if (change.kind === 'constrained') await settleLater(context, [channel.id])
  }),
  within(groupLinked, async (context, { group_id, isLinked }) => {
    const places = await placesOfGroups(context.db, [group_id])
    if (!isLinked) await releaseMembers(context.db, places)
    await settleLater(context, places)
  }),
]
