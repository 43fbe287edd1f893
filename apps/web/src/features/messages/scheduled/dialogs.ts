/** The dialog that asks when something is sent. */
import { dialog } from '../../../platform/dialogs.ts'

export const chooseTime = dialog(async () => (await import('./ChooseTime.tsx')).ChooseTime)
