/** The signed-in person's preferences on the server, which control how clients behave. */
import { type Home, preferences as operations, type Preference } from '@plausch/wire'
import { Collection, type Source } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'

const keyOf = ({ category, name }: { category: string; name: string }): string => `${category}/${name}`

export const createPreferences = ({ call, me }: Context) => {
  const records = new Collection<Preference>()
  const put = (preference: Preference): void => {
    if (preference.user_id === me()) records.set(keyOf(preference), preference)
  }

  const noun: Noun = {
    on: {
      preference_changed: (data) => put(data.preference),
      preferences_changed: (data) => data.preferences.forEach(put),
      preferences_deleted: (data) => {
        for (const preference of data.preferences) records.delete(keyOf(preference))
      },
    },
    load: (home: Home) => records.replace(byKey(home.preferences, keyOf)),
    clear: () => records.clear(),
  }

  return {
    ...noun,
    records,
    at: (category: string, name: string): Source<Preference | undefined> =>
      records.at(keyOf({ category, name })),
    /** Changes a preference, visible at once; if the server refuses, reverts it and throws the fault. */
    async save(category: string, name: string, value: string): Promise<void> {
      const preference = { user_id: me(), category, name, value }
      const before = records.one(keyOf(preference))
      put(preference)
      try {
        await call(operations.save, { params: { user_id: 'me' }, body: [preference] })
      } catch (fault) {
        if (records.one(keyOf(preference)) === preference) {
          if (before) put(before)
          else records.delete(keyOf(preference))
        }
        throw fault
      }
    },
  }
}

export type Preferences = ReturnType<typeof createPreferences>
