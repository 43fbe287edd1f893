/** The dialogs of requests for teams. */
import { dialog } from '../../../platform/dialogs.ts'

export const askForTeam = dialog(async () => (await import('./RequestForm.tsx')).RequestForm)
export const approveDialog = dialog(async () => (await import('./ApproveRequest.tsx')).ApproveRequest)
export const refuseDialog = dialog(async () => (await import('./RefuseRequest.tsx')).RefuseRequest)
export const withdrawDialog = dialog(async () => (await import('./WithdrawRequest.tsx')).WithdrawRequest)
export const ownerDialog = dialog(async () => (await import('./NameOwner.tsx')).NameOwner)
