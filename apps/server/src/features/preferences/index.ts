export { forget as forgetPreferences, savePreferences } from './service.ts'
export { findPreference, listPreferences } from './store.ts'
