export { listPreferences } from './store.ts'
