import { unique } from '@plausch/testkit'
import { groups, syncables } from '@plausch/wire'
import { change, system } from '../../../src/core/context.ts'
import { linkRemote } from '../../../src/features/places/groups/index.ts'
import { type Draft, type Preparations, roomOf, teamOf } from '../draft.ts'

/** A group of the directory that may be mentioned, so that everybody may know it. */
const remoteGroup = async ({ scene }: Draft): Promise<string> => {
  const { group } = await change(scene.at.server.app.server, { actor: system }, (context) =>
    linkRemote(context, 'ldap', { remote_id: unique('remote'), display_name: unique('Group') }),
  )
  await scene.owner.call(groups.patch, { params: { group_id: group.id }, body: { allow_reference: true } })
  return group.id
}

const withGroup = async (draft: Draft) => {
  draft.params.group_id = await remoteGroup(draft)
  draft.body = { auto_add: false }
}

const withTeamLink = async (draft: Draft) => {
  await withGroup(draft)
  const params = { group_id: draft.params.group_id ?? '', team_id: teamOf(draft).id }
  await draft.scene.owner.call(syncables.linkTeam, { params, body: {} })
}

const withChannelLink = async (draft: Draft) => {
  await withGroup(draft)
  const room = roomOf(draft)
  if (room.team_id === '') return
  const params = { group_id: draft.params.group_id ?? '', channel_id: room.id }
  await draft.scene.owner.call(syncables.linkChannel, { params, body: {} })
}

const withGroupIds = async (draft: Draft) => {
  draft.query.group_ids = await remoteGroup(draft)
}

export const syncablesPreparations: Preparations = {
  'syncables.joiningTeam': withGroup,
  'syncables.joiningChannel': withGroup,
  'syncables.listTeams': withGroup,
  'syncables.getTeam': withTeamLink,
  'syncables.linkTeam': withGroup,
  'syncables.patchTeam': withTeamLink,
  'syncables.unlinkTeam': withTeamLink,
  'syncables.listChannels': withGroup,
  'syncables.getChannel': withChannelLink,
  'syncables.linkChannel': withGroup,
  'syncables.patchChannel': withChannelLink,
  'syncables.unlinkChannel': withChannelLink,
  'syncables.ungroupedInTeam': withGroupIds,
  'syncables.ungroupedInChannel': withGroupIds,
}
