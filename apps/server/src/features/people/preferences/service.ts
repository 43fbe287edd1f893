import type { InputOf, Preference, preferences } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import {
  announceChosen,
  announceRemoved,
  announceSaved,
  preferencesRemoved,
  preferencesSaved,
} from './events.ts'
import {
  deletePreferences,
  findPreference,
  forgetSaved,
  listPreferences,
  sizeOf,
  upsertPreferences,
} from './store.ts'

export const list = ({ db }: Context, _input: unknown, userId: string) => listPreferences(db, userId)

export const listCategory = (
  { db }: Context,
  { params }: InputOf<typeof preferences.listCategory>,
  userId: string,
) => listPreferences(db, userId, params.category)

export const get = async (
  { db }: Context,
  { params }: InputOf<typeof preferences.get>,
  userId: string,
): Promise<Preference> => {
  const found = await findPreference(db, userId, params.category, params.preference_name)
  if (!found) throw new Fault('preferences.not_found')
  return found
}

/** Clients read all preferences of a person at every start, so their number and size are limited. */
const MOST = 20_000
const MOST_CHARACTERS = 4_000_000

/** The last of several values for one name wins; the database would refuse to write a row twice. */
const lastOfEach = (some: readonly Preference[]) => [
  ...new Map(some.map((each) => [JSON.stringify([each.category, each.name]), each])).values(),
]

/** Saves preferences of a person and sends the event. The caller checks the permission. */
export const savePreferences = async (
  context: Context,
  userId: string,
  all: readonly Preference[],
  tell = announceSaved,
): Promise<void> => {
  const some = lastOfEach(all)
  await upsertPreferences(context.db, userId, some)
  const { count, characters } = await sizeOf(context.db, userId)
  if (count > MOST || characters > MOST_CHARACTERS) throw new Fault('preferences.limit')
  tell(context, userId, some)
  await context.emit(preferencesSaved, { user_id: userId, some: [...some] })
}

export const save = async (context: Context, { body }: InputOf<typeof preferences.save>, userId: string) => {
  await savePreferences(context, userId, body)
  return { status: 'OK' as const }
}

/** Does the same for a preference that a command changed. v4 has a separate event for these. */
export const saveChosen = async (
  context: Context,
  { body }: InputOf<typeof preferences.save>,
  userId: string,
) => {
  await savePreferences(context, userId, body, announceChosen)
  return { status: 'OK' as const }
}

export const removePreferences = async (
  context: Context,
  userId: string,
  some: readonly Preference[],
): Promise<void> => {
  await deletePreferences(context.db, userId, some)
  announceRemoved(context, userId, some)
  await context.emit(preferencesRemoved, { user_id: userId, some: [...some] })
}

export const remove = async (
  context: Context,
  { body }: InputOf<typeof preferences.remove>,
  userId: string,
) => {
  await removePreferences(context, userId, body)
  return { status: 'OK' as const }
}

/** For posts that were deleted. */
export const forgetSavedPosts = async (context: Context, postIds: readonly string[]): Promise<void> => {
  const byUser = Map.groupBy(await forgetSaved(context.db, postIds), (each) => each.user_id)
  for (const [userId, some] of byUser) announceRemoved(context, userId, some)
}
