/**
 * Who may see, create and change groups. Everybody who is signed in may see those that can be mentioned,
 * because that is what they are for. A group of the directory that cannot be mentioned is known only to
 * people who manage groups: its name may tell what nobody should know.
 */
import type { ServerPermission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findGroup, type ListedGroup, lockGroup, type Sight } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

const hasCustom = ({ server }: Context): boolean => server.settings().ServiceSettings.EnableCustomGroups

const checkEnabled = (context: Context) => {
  if (!hasCustom(context)) throw new Fault('groups.off')
}

/** Which groups the actor may see. */
export const sightOf = (context: Context): Sight => ({
  all: context.actor.can('sysconsole_read_user_management_groups'),
  custom: hasCustom(context),
})

export const isSeen = (context: Context, group: Pick<ListedGroup, 'allow_reference' | 'source'>): boolean => {
  const { all, custom } = sightOf(context)
  return (group.allow_reference || all) && (custom || group.source !== 'custom')
}

/** Is there anything to see? Custom groups may be off, and groups of other sources may be linked. */
export const maySeeGroups = ({ server }: Context): void => {
  const { ServiceSettings, LdapSettings, PlauschSettings } = server.settings()
  const isOn =
    ServiceSettings.EnableCustomGroups ||
    LdapSettings.Enable ||
    LdapSettings.EnableSync ||
    PlauschSettings.OpenIdGroupsClaim !== '' ||
    PlauschSettings.SamlGroupsAttribute !== ''
  if (!isOn) throw new Fault('groups.off')
}

type Places = {
  group_source: string
  not_associated_to_team: string
  not_associated_to_channel: string
  include_channel_member_count: string
}

/**
 * The number of a channel's members, or which groups belong to a place, reveals something about that place,
 * so the actor must be allowed to see it.
 */
export const mayListGroups = async (context: Context, { query }: { query: Places }): Promise<void> => {
  maySeeGroups(context)
  if (query.group_source === 'custom') checkEnabled(context)
  const { checkChannelVisible, checkTeamVisible } = context.server.ports
  if (query.not_associated_to_team !== '') await checkTeamVisible(context, query.not_associated_to_team)
  for (const id of new Set([query.not_associated_to_channel, query.include_channel_member_count])) {
    if (id !== '') await checkChannelVisible(context, id)
  }
}

type AboutGroup = { params: { group_id: string } }

/** The group, if the actor may see it; otherwise it is answered like one that does not exist. */
const seen = (context: Context, group: ListedGroup | undefined): ListedGroup => {
  if (!group || !isSeen(context, group)) throw new Fault('groups.not_found')
  return group
}

export const maySeeGroup = async (context: Context, { params }: AboutGroup): Promise<ListedGroup> => {
  maySeeGroups(context)
  return seen(context, await findGroup(context.db, params.group_id))
}

/** How many people the directory has in a group concerns only who manages groups. */
export const mayCountGroup = async (context: Context, input: AboutGroup): Promise<ListedGroup> => {
  const group = await maySeeGroup(context, input)
  if (group.source !== 'custom' && !sightOf(context).all) throw forbidden()
  return group
}

/** All members must exist, too; that is checked when they are added. */
export const mayCreateGroup = (context: Context): void => {
  checkEnabled(context)
  if (!context.actor.can('create_custom_group')) throw forbidden()
}

const lockSeen = async (context: Context, { params }: AboutGroup): Promise<ListedGroup> => {
  maySeeGroups(context)
  return seen(context, await lockGroup(context.db, params.group_id))
}

const isForbidden = ({ actor }: Context, { source }: ListedGroup, permission: ServerPermission): boolean =>
  !actor.can(source === 'custom' ? permission : 'sysconsole_write_user_management_groups')

/** What only the source of a group decides is refused for it. */
const allowed =
  (permission: ServerPermission, refusal: 'app.group.crud_permission' | 'groups.of_directory') =>
  async (context: Context, input: AboutGroup): Promise<ListedGroup> => {
    if (!context.actor.can(permission) && !sightOf(context).all) throw forbidden()
    const group = await lockSeen(context, input)
    if (isForbidden(context, group, permission)) throw forbidden()
    if (group.source !== 'custom') throw new Fault(refusal)
    return group
  }

export const mayEditGroup = async (context: Context, input: AboutGroup): Promise<ListedGroup> => {
  if (!context.actor.can('edit_custom_group') && !sightOf(context).all) throw forbidden()
  const group = await lockSeen(context, input)
  if (isForbidden(context, group, 'edit_custom_group')) throw forbidden()
  return group
}

export const mayArchiveGroup = allowed('delete_custom_group', 'app.group.crud_permission')
export const mayRestoreGroup = allowed('restore_custom_group', 'groups.of_directory')
export const mayManageMembers = allowed('manage_custom_group_members', 'app.group.crud_permission')
