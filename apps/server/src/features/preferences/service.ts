import type { InputOf, Preference, preferences } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { announceRemoved, announceSaved } from './events.ts'
import { deletePreferences, listPreferences, upsertPreferences } from './store.ts'

export const list = ({ db }: Context, _input: unknown, userId: string) => listPreferences(db, userId)

export const listCategory = (
  { db }: Context,
  { params }: InputOf<typeof preferences.listCategory>,
  userId: string,
) => listPreferences(db, userId, params.category)

/** The last of several values for one name counts; the database would refuse to write a row twice. */
const lastOfEach = (some: readonly Preference[]) => [
  ...new Map(some.map((each) => [JSON.stringify([each.category, each.name]), each])).values(),
]

export const save = async (context: Context, { body }: InputOf<typeof preferences.save>, userId: string) => {
  const some = lastOfEach(body)
  await upsertPreferences(context.db, userId, some)
  announceSaved(context, userId, some)
  return { status: 'OK' as const }
}

export const remove = async (
  context: Context,
  { body }: InputOf<typeof preferences.remove>,
  userId: string,
) => {
  await deletePreferences(context.db, userId, body)
  announceRemoved(context, userId, body)
  return { status: 'OK' as const }
}
