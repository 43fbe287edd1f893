import type { ChannelModeration, channels, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { record } from '../../ground/audit/index.ts'
import { type ModeratedGroup, moderatedGroups } from '../../ground/roles/index.ts'
import { refuseArchived, type SeenChannel } from './access.ts'
import { announceChannel, announceScheme } from './events.ts'
import { groupNames } from './moderated.ts'
import { forgetChannel } from './places.ts'
import type { ChannelRow } from './store.ts'
import { updateModeration } from './store.ts'

type Denied = Pick<ChannelRow, 'denied_members' | 'denied_guests'>

/** Do the roles on the server grant it to members, or guests, at all? A channel cannot allow more. */
const isGranted = (
  { server }: Context,
  group: ModeratedGroup,
  role: 'channel_user' | 'channel_guest',
): boolean => moderatedGroups[group].permissions.some((permission) => server.ports.grants(role, permission))

const shown = (context: Context, denied: Denied): ChannelModeration[] =>
  groupNames.map((name) => {
    const stateOf = (role: 'channel_user' | 'channel_guest', list: readonly string[]) => {
      // People who cannot write cannot mention everybody.
      const needsPosting = name === 'use_channel_mentions' && list.includes('create_post')
      const enabled = isGranted(context, name, role) && !needsPosting
      return { value: enabled && !list.includes(name), enabled }
    }
    return {
      name,
      roles: {
        ...(moderatedGroups[name].forGuests
          ? { guests: stateOf('channel_guest', denied.denied_guests) }
          : {}),
        members: stateOf('channel_user', denied.denied_members),
        admins: { value: true, enabled: false },
      },
    }
  })

export const getModerations = (context: Context, _input: unknown, { channel }: SeenChannel) =>
  shown(context, channel)

const changed = (list: readonly string[], name: ModeratedGroup, isAllowed: boolean | undefined): string[] => {
  if (isAllowed === undefined) return [...list]
  const others = list.filter((each) => each !== name)
  return isAllowed ? others : [...others, name].sort()
}

/**
 * Changes the permissions that the request names. For guests it skips permissions that do not apply to them,
 * as in v4.
 */
export const patchModerations = async (
  context: Context,
  { body }: InputOf<typeof channels.patchModerations>,
  { channel }: SeenChannel,
) => {
  refuseArchived(channel)
  let next: Denied = { denied_members: channel.denied_members, denied_guests: channel.denied_guests }
  for (const { name, roles } of body) {
    next = {
      denied_members: changed(next.denied_members, name, roles.members),
      denied_guests: moderatedGroups[name].forGuests
        ? changed(next.denied_guests, name, roles.guests)
        : next.denied_guests,
    }
  }
  const before = [channel.denied_members, channel.denied_guests]
  if (JSON.stringify(before) === JSON.stringify([next.denied_members, next.denied_guests]))
    return shown(context, next)
  const saved = { ...channel, ...next, update_at: Math.max(context.now, channel.update_at + 1) }
  await updateModeration(context.db, saved)
  forgetChannel(context, channel.id)
  await record(context, '/channels/moderations', `channel=${channel.id}`)
  announceChannel(context, saved)
  announceScheme(context, saved)
  return shown(context, next)
}
