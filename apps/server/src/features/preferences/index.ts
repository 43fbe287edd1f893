export { mayWritePreferences } from './access.ts'
export { forget as forgetPreferences, save as writePreferences, savePreferences } from './service.ts'
export { findPreference, listPreferences } from './store.ts'
