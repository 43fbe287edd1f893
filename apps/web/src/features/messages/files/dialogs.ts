import { dialog } from '../../../platform/dialogs.ts'

export const viewer = dialog(async () => (await import('./Viewer.tsx')).Viewer)
