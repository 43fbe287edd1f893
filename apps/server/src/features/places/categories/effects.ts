/**
 * The effects of a sidebar on other state: a channel in a muted category is muted, and a favourite is also a
 * preference, where older clients look for it. Source: protocol, semantics 9.
 */
import type { Category, Preference } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { removePreferences, savePreferences } from '../../people/preferences/index.ts'
import { setMuted } from '../members/index.ts'
import { announceUpdated, type Place } from './events.ts'
import { builtInId, sidebarOf } from './sidebar.ts'
import { lockSidebar, placeChannels, placesOfChannel } from './store.ts'

const FAVORITE = 'favorite_channel'

/** The category of each channel. */
const placed = (all: readonly Category[]) =>
  new Map(all.flatMap((category) => category.channel_ids.map((id) => [id, category] as const)))

const favorite = ({ userId }: Place, id: string): Preference => ({
  user_id: userId,
  category: FAVORITE,
  name: id,
  value: 'true',
})

/**
 * Runs a change of a sidebar, then updates muting and favourites of the channels that it moved, or whose
 * category it muted.
 */
export const withEffects = async <T>(context: Context, place: Place, run: () => Promise<T>): Promise<T> => {
  const before = placed((await sidebarOf(context.db, place.userId, place.teamId)).categories)
  const result = await run()
  const after = placed((await sidebarOf(context.db, place.userId, place.teamId)).categories)
  const ids = (fits: (now: Category, then: Category) => boolean) =>
    [...after].flatMap(([id, now]) => {
      const then = before.get(id)
      return then && fits(now, then) ? [id] : []
    })
  await setMuted(
    context,
    place.userId,
    ids((now, then) => now.muted && !then.muted),
    true,
  )
  await setMuted(
    context,
    place.userId,
    ids((now, then) => !now.muted && then.muted),
    false,
  )
  const isFavorite = ({ type }: Category) => type === 'favorites'
  const added = ids((now, then) => isFavorite(now) && !isFavorite(then))
  const removed = ids((now, then) => !isFavorite(now) && isFavorite(then))
  const asPreference = (id: string) => favorite(place, id)
  if (added.length > 0) await savePreferences(context, place.userId, added.map(asPreference))
  if (removed.length > 0) await removePreferences(context, place.userId, removed.map(asPreference))
  return result
}

/**
 * A preference made a channel a favourite, or ended that: moves the channel in each sidebar that contains it.
 */
export const followPreferences = async (
  context: Context,
  userId: string,
  some: readonly Preference[],
  areRemoved: boolean,
): Promise<void> => {
  const { db } = context
  for (const { name, value } of some.filter(({ category }) => category === FAVORITE)) {
    const isWanted = !areRemoved && value === 'true'
    await lockSidebar(db, userId)
    for (const teamId of await placesOfChannel(db, userId, name)) {
      const place = { userId, teamId }
      const all = (await sidebarOf(db, userId, teamId)).categories
      const [favorites, then] = [all.find(({ type }) => type === 'favorites'), placed(all).get(name)]
      if (!favorites || !then || (then === favorites) === isWanted) continue
      const others = favorites.channel_ids.filter((id) => id !== name)
      await placeChannels(
        db,
        userId,
        teamId,
        builtInId('favorites', userId, teamId),
        isWanted ? [name, ...others] : others,
      )
      const now = (await sidebarOf(db, userId, teamId)).categories
      const touched = now.filter(
        ({ id }) => id === favorites.id || id === then.id || id === placed(now).get(name)?.id,
      )
      announceUpdated(context, place, touched)
    }
  }
}
