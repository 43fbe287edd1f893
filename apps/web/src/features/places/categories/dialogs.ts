/** The dialogs of categories. */
import { dialog } from '../../../platform/dialogs.ts'

export const nameCategory = dialog(async () => (await import('./NameCategory.tsx')).NameCategory)
export const removeCategory = dialog(async () => (await import('./RemoveCategory.tsx')).RemoveCategory)
export const moveChannel = dialog(async () => (await import('./MoveChannel.tsx')).MoveChannel)
