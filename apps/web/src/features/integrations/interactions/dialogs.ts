/** The dialogs of integrations. */
import { dialog } from '../../../platform/dialogs.ts'

export const chooseOption = dialog(async () => (await import('./ChooseOption.tsx')).ChooseOption)
export const filledDialog = dialog(async () => (await import('./IntegrationDialog.tsx')).IntegrationDialog)
