/** The dialogs of the composer. */
import { dialog } from '../../../platform/dialogs.ts'

export const wideWarning = dialog(async () => (await import('./WideWarning.tsx')).WideWarning)
export const sensitiveWarning = dialog(async () => (await import('./SensitiveWarning.tsx')).SensitiveWarning)
export const longPaste = dialog(async () => (await import('./LongPaste.tsx')).LongPaste)
