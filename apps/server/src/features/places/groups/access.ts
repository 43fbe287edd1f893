/**
 * Who may see, create and change groups. Everybody who is signed in may see them, because groups exist to be
 * mentioned.
 */
import type { ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findGroup, type GroupRow, lockGroup } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

const checkEnabled = ({ server }: Context) => {
  if (!server.settings().ServiceSettings.EnableCustomGroups) throw new Fault('groups.off')
}

export const maySeeGroups = (context: Context): void => checkEnabled(context)

type Places = {
  not_associated_to_team: string
  not_associated_to_channel: string
  include_channel_member_count: string
}

/**
 * The number of a channel's members, or which groups belong to a place, reveals something about that place,
 * so the actor must be allowed to see it.
 */
export const mayListGroups = async (context: Context, { query }: { query: Places }): Promise<void> => {
  checkEnabled(context)
  const { checkChannelVisible, checkTeamVisible } = context.server.ports
  if (query.not_associated_to_team !== '') await checkTeamVisible(context, query.not_associated_to_team)
  for (const id of new Set([query.not_associated_to_channel, query.include_channel_member_count])) {
    if (id !== '') await checkChannelVisible(context, id)
  }
}

type AboutGroup = { params: { group_id: string } }

export const maySeeGroup = async (context: Context, { params }: AboutGroup): Promise<GroupRow> => {
  checkEnabled(context)
  const group = await findGroup(context.db, params.group_id)
  if (!group) throw new Fault('groups.not_found')
  return group
}

/** All members must exist, too; that is checked when they are added. */
export const mayCreateGroup = (context: Context): void => {
  checkEnabled(context)
  if (!context.actor.can('create_custom_group')) throw forbidden()
}

const allowed =
  (permission: ServerPermission) =>
  async (context: Context, { params }: AboutGroup): Promise<GroupRow> => {
    checkEnabled(context)
    if (!context.actor.can(permission)) throw forbidden()
    const group = await lockGroup(context.db, params.group_id)
    if (!group) throw new Fault('groups.not_found')
    return group
  }

export const mayEditGroup = allowed('edit_custom_group')
export const mayArchiveGroup = allowed('delete_custom_group')
export const mayRestoreGroup = allowed('restore_custom_group')
export const mayManageMembers = allowed('manage_custom_group_members')
