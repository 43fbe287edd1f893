/** The signed-in person's preferences on the server, which control how clients behave. */
import { type Home, preferences as operations, type Preference } from '@plausch/wire'
import { Layered } from '../layered.ts'
import type { Source } from '../source.ts'
import type { ChangingContext } from './changes.ts'
import { byKey, type Noun } from './noun.ts'

const keyOf = ({ category, name }: { category: string; name: string }): string => `${category}/${name}`

/** `value` is undefined for a preference that is to be removed. */
type Setting = { category: string; name: string; value?: string }

export const createPreferences = ({ call, me, changes }: ChangingContext) => {
  const records = new Layered<Preference>()
  const put = (preference: Preference): void => {
    if (preference.user_id === me()) records.set(keyOf(preference), preference)
  }

  const set = changes.kind<Setting, unknown>({
    name: 'preference',
    objectOf: (setting) => `preferences/${keyOf(setting)}`,
    replacesEarlier: true,
    apply: ({ value, ...setting }, id) =>
      records.lay(id, keyOf(setting), () =>
        value === undefined ? undefined : { user_id: me(), ...setting, value },
      ),
    undo: (setting, id) => records.lift(id, keyOf(setting)),
    send({ value, ...setting }) {
      const operation = value === undefined ? operations.remove : operations.save
      const body = [{ user_id: me(), ...setting, value: value ?? '' }]
      return call(operation, { params: { user_id: 'me' }, body })
    },
    done: (setting, _, id) => records.lift(id, keyOf(setting), true),
  })

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
    save: (category: string, name: string, value: string): Promise<void> => set({ category, name, value }),
    /** Removes a preference in the same way. */
    remove: (category: string, name: string): Promise<void> => set({ category, name }),
  }
}

export type Preferences = ReturnType<typeof createPreferences>
