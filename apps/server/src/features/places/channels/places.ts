/**
 * What somebody is in a channel, in memory: every channel that is opened and every post asks for it. An entry is forgotten at the commit of what
 * changes it, before that is answered, so the next request is judged by what holds then. Within a transaction the database is asked, which
 * alone knows what the transaction has locked and changed.
 */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { type ChannelAccess, findAccess } from './store.ts'

/** Of a channel what access and posts ask for; not its totals, which every post moves, and not its long texts. */
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

/** Whatever went wrong after a commit (a lost connection hides it), nothing stays untrue for longer. */
const BELIEVED_MS = 10_000

const cacheOf = perServer(
  'what people are in channels',
  'memory of the database: effects of all servers forget what changes',
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

/** A channel with the actor's place in it; undefined where there is no such channel. */
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

/** These people are something else in the channel than before: they came, they went, their roles changed. */
export const forgetPlaces = (context: Context, channelId: string, userIds: readonly string[]): void =>
  context.effect(dropPlaces, { channel_id: channelId, user_ids: userIds })

/** The channel itself changed. */
export const forgetChannel = (context: Context, channelId: string): void =>
  context.effect(dropChannel, { channel_id: channelId })

/** The team of channels changed. */
export const forgetTeam = (context: Context, teamId: string): void =>
  context.effect(dropTeam, { team_id: teamId })

/** What these people are in a team, or everywhere, changed. */
export const forgetPeople = (context: Context, userIds: readonly string[]): void =>
  context.effect(dropPeople, { user_ids: userIds })
