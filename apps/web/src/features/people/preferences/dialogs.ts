/** The settings, as a dialog over the page. */
import { dialog } from '../../../platform/dialogs.ts'

/** Opens all settings, at a section if one is named. */
export const settings = dialog(async () => (await import('./Settings.tsx')).Settings)
export const importTheme = dialog(async () => (await import('./ImportTheme.tsx')).ImportTheme)
