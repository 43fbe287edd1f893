/** The dialogs of what is sent later. */
import { dialog } from '../../../platform/dialogs.ts'

export const chooseTime = dialog(async () => (await import('./ChooseTime.tsx')).ChooseTime)
export const editScheduled = dialog(async () => (await import('./EditScheduled.tsx')).EditScheduled)
export const removeScheduled = dialog(async () => (await import('./RemoveScheduled.tsx')).RemoveScheduled)
