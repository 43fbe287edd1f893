/**
 * A cache of people's access to channels: opening a channel and posting both need it. A change drops the
 * entry at its commit, before the reply to it, so the next request sees the new state. Transactions ask the
 * database instead, because only the database knows what the transaction has locked and changed.
 */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { type ChannelAccess, findAccess } from './store.ts'

/**
 * The part of a channel that access and posts need. Not the totals, which every post changes, and not the
 * long texts.
 */
export type Place = Omit<
  ChannelAccess,
  | 'last_post_at'
  | 'last_root_post_at'
  | 'total_msg_count'
  | 'total_msg_count_root'
  | 'header'
  | 'purpose'
  | 'update_at'
>

type Known = { userId: string; place: Place }

/**
 * If an effect is lost after a commit (because the connection broke), an entry is wrong for at most this
 * long.
 */
const BELIEVED_MS = 10_000

const cacheOf = perServer(
  'access of people to channels',
  'a cache of the database: effects drop changed entries on all servers',
  () => openCache<Known>(20_000, BELIEVED_MS),
)

const keyOf = (channelId: string, userId: string) => `${channelId} ${userId}`

const placeIn = ({
  last_post_at: _post,
  last_root_post_at: _root,
  total_msg_count: _total,
  total_msg_count_root: _roots,
  header: _header,
  purpose: _purpose,
  update_at: _update,
  ...place
}: ChannelAccess): Place => place

/** A channel with the actor's memberships in it and its team; undefined if the channel does not exist. */
export const findPlace = async (
  { server, db, actor }: Context,
  channelId: string,
): Promise<Place | undefined> => {
  const find = () => findAccess(db, actor.userId, channelId)
  if (db !== server.db) return await find()
  const known = await cacheOf(server).load(keyOf(channelId, actor.userId), async () => {
    const found = await find()
    return found && { userId: actor.userId, place: placeIn(found) }
  })
  return known?.place
}

type Those = { channel_id: string; user_ids: readonly string[] }

const dropPlaces = effect<Those>('places.forget', (server, { channel_id, user_ids }) => {
  for (const id of user_ids) cacheOf(server).forget(keyOf(channel_id, id))
})

const dropChannel = effect<{ channel_id: string }>('places.forget_channel', (server, { channel_id }) =>
  cacheOf(server).forgetWhere(({ place }) => place.id === channel_id),
)

const dropTeam = effect<{ team_id: string }>('places.forget_team', (server, { team_id }) =>
  cacheOf(server).forgetWhere(({ place }) => place.team_id === team_id),
)

const dropPeople = effect<{ user_ids: readonly string[] }>('places.forget_people', (server, { user_ids }) => {
  const gone = new Set(user_ids)
  cacheOf(server).forgetWhere(({ userId }) => gone.has(userId))
})

export const effects = [dropPlaces, dropChannel, dropTeam, dropPeople]
export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()

/**
 * Call this when these people's memberships in the channel changed: they joined, left, or got other roles.
 */
export const forgetPlaces = (context: Context, channelId: string, userIds: readonly string[]): void =>
  context.effect(dropPlaces, { channel_id: channelId, user_ids: userIds })

/** Call this when the channel itself changed. */
export const forgetChannel = (context: Context, channelId: string): void =>
  context.effect(dropChannel, { channel_id: channelId })

/** Call this when the team of channels changed. */
export const forgetTeam = (context: Context, teamId: string): void =>
  context.effect(dropTeam, { team_id: teamId })

/** Call this when these people's memberships in a team, or their roles on the server, changed. */
export const forgetPeople = (context: Context, userIds: readonly string[]): void =>
  context.effect(dropPeople, { user_ids: userIds })
