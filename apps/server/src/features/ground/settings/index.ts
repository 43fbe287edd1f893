/** What higher features and the application may use of settings. */

export { type SettingsChange, settingsChecks } from './checks.ts'
export { MAX_POST_SIZE, VERSION } from './client-config.ts'
export { settingsChanged } from './events.ts'
export { MASK } from './secrets.ts'
export {
  announceTerms,
  currentSettings,
  knowTerms,
  licenseOf,
  openSettings,
  patchConfig,
  readClientConfig,
  reloadSettings,
  versionIdOf,
} from './service.ts'
