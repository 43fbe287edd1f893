import { dialog } from '../../../platform/dialogs.ts'

export const importTheme = dialog(async () => (await import('./ImportTheme.tsx')).ImportTheme)
