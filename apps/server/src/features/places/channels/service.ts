import type { Channel, channels, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newSecret } from '../../../core/ids.ts'
import type { SeenTeam, TeamRow } from '../teams/index.ts'
import { isConversation, refuseArchived, type SeenChannel } from './access.ts'
import { TOWN_SQUARE } from './defaults.ts'
import {
  announceArchived,
  announceChannel,
  announceConverted,
  announceCreated,
  announceRestored,
  type ChannelChange,
  channelChanged,
  channelCreated,
} from './events.ts'
import { forgetChannel } from './places.ts'
import { shownChannel } from './records.ts'
import { checkChannelName } from './rules.ts'
import {
  type ChannelRow,
  countChannels,
  countFiles,
  countIn,
  insertChannel,
  newChannel,
  updateChannel,
} from './store.ts'

type NewChannel = Pick<
  InputOf<typeof channels.create>['body'],
  'name' | 'display_name' | 'type' | 'header' | 'purpose'
>

/** Creates a channel with its first members, who are its administrators. The caller checks the permission. */
export const createChannel = async (
  context: Context,
  team: TeamRow,
  body: NewChannel,
  founders: readonly string[],
): Promise<ChannelRow> => {
  const { actor, db, now, server } = context
  const max = server.settings().TeamSettings.MaxChannelsPerTeam
  if ((await countChannels(db, team.id)) >= max) throw new Fault('channels.limit', { max })
  const channel = newChannel(now, {
    team_id: team.id,
    type: body.type,
    name: checkChannelName(body.name),
    display_name: body.display_name.trim() || body.name,
    header: body.header ?? '',
    purpose: body.purpose ?? '',
    creator_id: actor.userId,
  })
  await insertChannel(db, channel)
  const user_ids = [...founders]
  await context.emit(channelCreated, { channel, user_ids, admin_ids: user_ids, by: actor.userId })
  announceCreated(context, channel)
  return channel
}

export const create = async (
  context: Context,
  { body }: InputOf<typeof channels.create>,
  { team, member }: SeenTeam,
): Promise<Channel> =>
  // An administrator may create channels of a team without being a member of the team. Then they are no
  // member of the channel either.
  shownChannel(await createChannel(context, team, body, member ? [context.actor.userId] : []))

export const get = (_context: Context, _input: unknown, { channel }: SeenChannel): Channel =>
  shownChannel(channel)

/**
 * Writes a changed channel and tells listeners each change. Every change of a channel goes through this
 * function.
 */
const save = async (
  context: Context,
  before: ChannelRow,
  next: Partial<ChannelRow>,
  changes: ChannelChange[],
) => {
  const channel: ChannelRow = { ...before, ...next, update_at: Math.max(context.now, before.update_at + 1) }
  await updateChannel(context.db, channel)
  forgetChannel(context, channel.id)
  for (const change of changes)
    await context.emit(channelChanged, { channel, by: context.actor.userId, change })
  return channel
}

const refuseDefault = ({ name, display_name }: ChannelRow) => {
  if (name === TOWN_SQUARE) throw new Fault('channels.default', { name: display_name })
}

export const patch = async (
  context: Context,
  { body }: Pick<InputOf<typeof channels.patch>, 'body'>,
  { channel }: { channel: ChannelRow },
): Promise<Channel> => {
  refuseArchived(channel)
  const next: Partial<ChannelRow> = { ...body }
  if (body.display_name !== undefined) next.display_name = body.display_name.trim() || channel.name
  if (body.name !== undefined) {
    next.name = checkChannelName(body.name)
    if (channel.name === TOWN_SQUARE && next.name !== TOWN_SQUARE) {
      throw new Fault('channels.default', { name: channel.display_name })
    }
  }
  if (body.group_constrained) refuseDefault(channel)
  const changes = (['display_name', 'header', 'purpose'] as const).flatMap((kind): ChannelChange[] => {
    const after = next[kind]
    return after !== undefined && after !== channel[kind] ? [{ kind, before: channel[kind], after }] : []
  })
  // The members whom no group has go after the answer.
  if (body.group_constrained && !channel.group_constrained) changes.push({ kind: 'constrained' })
  const saved = await save(context, channel, next, changes)
  announceChannel(context, saved)
  return shownChannel(saved)
}

export const setPrivacy = async (
  context: Context,
  { body }: InputOf<typeof channels.setPrivacy>,
  { channel }: SeenChannel,
): Promise<Channel> => {
  refuseArchived(channel)
  if (body.privacy === channel.type) return shownChannel(channel)
  refuseDefault(channel)
  const saved = await save(context, channel, { type: body.privacy }, [
    { kind: 'privacy', after: body.privacy },
  ])
  announceConverted(context, saved)
  return shownChannel(saved)
}

/** v4's whole update: missing names stay, but a missing header or purpose is emptied. */
export const update = (context: Context, { body }: InputOf<typeof channels.update>, seen: SeenChannel) => {
  const { id: _, header = '', purpose = '', ...names } = body
  return patch(
    context,
    { body: isConversation(seen.channel) ? { header } : { ...names, header, purpose } },
    seen,
  )
}

/** Moves a channel to another team; for administrators of the server. */
export const move = async (
  context: Context,
  { body }: InputOf<typeof channels.move>,
  { channel, team }: SeenChannel & { team: TeamRow },
): Promise<Channel> => {
  refuseArchived(channel)
  refuseDefault(channel)
  if (team.id === channel.team_id) return shownChannel(channel)
  const saved = await save(context, channel, { team_id: team.id }, [
    { kind: 'moved', force: body.force ?? false },
  ])
  announceChannel(context, saved)
  return shownChannel(saved)
}

/**
 * Turns a group conversation into a private channel of a team to which all of its members belong. Its
 * messages stay.
 */
export const convertGroup = async (
  context: Context,
  { body }: InputOf<typeof channels.convertGroup>,
  { channel, team }: SeenChannel & { team: TeamRow },
): Promise<Channel> => {
  const next = {
    team_id: team.id,
    type: 'P' as const,
    name: body.name ? checkChannelName(body.name) : newSecret(),
    display_name: body.display_name.trim() || channel.display_name,
    creator_id: context.actor.userId,
  }
  const saved = await save(context, channel, next, [{ kind: 'converted' }])
  announceChannel(context, saved)
  return shownChannel(saved)
}

export const archive = async (context: Context, _input: unknown, { channel }: SeenChannel) => {
  refuseArchived(channel)
  refuseDefault(channel)
  const saved = await save(context, channel, { delete_at: context.now }, [{ kind: 'archived' }])
  await announceArchived(context, saved)
  return { status: 'OK' as const }
}

export const restore = async (
  context: Context,
  _input: unknown,
  { channel }: SeenChannel,
): Promise<Channel> => {
  refuseArchived({ ...channel, delete_at: 0 })
  if (channel.delete_at === 0) return shownChannel(channel)
  const saved = await save(context, channel, { delete_at: 0 }, [{ kind: 'restored' }])
  await announceRestored(context, saved)
  return shownChannel(saved)
}

export const stats = async (
  { db }: Context,
  { query }: InputOf<typeof channels.stats>,
  { channel }: SeenChannel,
) => {
  const { members, guests, pinned } = await countIn(db, channel.id)
  return {
    channel_id: channel.id,
    member_count: members,
    guest_count: guests,
    pinnedpost_count: pinned,
    // v4 uses -1 for "not counted".
    files_count: query.exclude_files_count ? -1 : await countFiles(db, channel.id),
  }
}
