export { forget as forgetPreferences } from './service.ts'
export { listPreferences } from './store.ts'
