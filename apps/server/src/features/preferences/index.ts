export { mayWritePreferences } from './access.ts'
export { forget as forgetPreferences, saveChosen, savePreferences } from './service.ts'
export { findPreference, listPreferences } from './store.ts'
