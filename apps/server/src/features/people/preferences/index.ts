export { mayWritePreferences } from './access.ts'
export { preferencesRemoved, preferencesSaved } from './events.ts'
export { forgetSavedPosts, removePreferences, saveChosen, savePreferences } from './service.ts'
export { findPreference, listPreferences } from './store.ts'
