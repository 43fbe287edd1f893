/** Preferences concern only the clients of their owner. */
import type { Preference } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'

/** Preferences were saved or removed; for nouns that show the same data in another form. */
export const preferencesSaved = fact<{ user_id: string; some: Preference[] }>('preferences.saved')
export const preferencesRemoved = fact<{ user_id: string; some: Preference[] }>('preferences.removed')

export const announceSaved = (context: Context, userId: string, some: readonly Preference[]): void =>
  context.publish('preferences_changed', { preferences: JSON.stringify(some) }, { users: [userId] })

/** Sends one event per preference. */
export const announceChosen = (context: Context, userId: string, some: readonly Preference[]): void => {
  for (const one of some)
    context.publish('preference_changed', { preference: JSON.stringify(one) }, { users: [userId] })
}

export const announceRemoved = (context: Context, userId: string, some: readonly Preference[]): void =>
  context.publish('preferences_deleted', { preferences: JSON.stringify(some) }, { users: [userId] })
