/** Dialogs of categories; those that only actions open are in `rest.ts`. */
import { dialog } from '../../../platform/dialogs.ts'

export const nameCategory = dialog(async () => (await import('./NameCategory.tsx')).NameCategory)
