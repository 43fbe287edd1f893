/** Who may invite others by mail, and into which channels. */
import type { Permission, Settings } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { canMail } from '../../../core/mail.ts'
import { mayManageMembers, refuseArchived } from '../channels/index.ts'
import { mayEnterTeam, type SeenTeam } from '../teams/index.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/** Are invitations by mail possible on this server? */
export const canInvite = (settings: Settings): boolean =>
  settings.ServiceSettings.EnableEmailInvitations && canMail(settings)

const checkOn = ({ server }: Context) => {
  if (!server.settings().ServiceSettings.EnableEmailInvitations)
    throw new Fault('api.team.invite_members.disabled.app_error')
  if (!canMail(server.settings())) throw new Fault('mail.off')
}

type AboutTeam = { params: { team_id: string } }

const mayInviteWith = async (
  context: Context,
  input: AboutTeam,
  permissions: readonly Permission[],
  channelIds: readonly string[],
): Promise<SeenTeam> => {
  const seen = await mayEnterTeam(context, input)
  if (!permissions.every(seen.can)) throw forbidden()
  refuseArchivedTeam(seen)
  // An invitation into a channel adds the person to it, so the inviter must be allowed to add people there.
  for (const channel_id of new Set(channelIds)) {
    const { channel } = await mayManageMembers(context, { params: { channel_id } })
    if (channel.team_id !== seen.team.id) throw new Fault('channels.not_found')
    refuseArchived(channel)
  }
  return seen
}

const refuseArchivedTeam = ({ team }: SeenTeam) => {
  if (team.delete_at > 0) throw new Fault('teams.archived')
}

type Invited = readonly string[] | { channelIds?: string[] }

export const mayInvite = async (
  context: Context,
  input: AboutTeam & { body: Invited },
): Promise<SeenTeam> => {
  const ids = 'channelIds' in input.body ? (input.body.channelIds ?? []) : []
  const seen = await mayInviteWith(context, input, ['invite_user', 'add_user_to_team'], ids)
  checkOn(context)
  return seen
}

export const mayInviteGuests = async (
  context: Context,
  input: AboutTeam & { body: { channels: string[] } },
): Promise<SeenTeam> => {
  const seen = await mayInviteWith(context, input, ['invite_guest'], input.body.channels)
  const { Enable, AllowEmailAccounts } = context.server.settings().GuestAccountsSettings
  if (!Enable || !AllowEmailAccounts) throw new Fault('api.team.invite_guests_to_channels.disabled.error')
  checkOn(context)
  return seen
}

export const mayRevokeAll = ({ actor }: Context): void => {
  if (!actor.can('invalidate_email_invite')) throw forbidden()
}
