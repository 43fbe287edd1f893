import { dialog } from '../../../platform/dialogs.ts'

/** Cuts a square out of a picture. */
export const cropDialog = dialog(async () => (await import('./CropDialog.tsx')).CropDialog)
