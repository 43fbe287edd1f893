/** The dialogs of custom emoji. */
import { dialog } from '../../../platform/dialogs.ts'

export const addEmoji = dialog(async () => (await import('./AddEmoji.tsx')).AddEmoji)
export const customEmoji = dialog(async () => (await import('./CustomEmojiList.tsx')).CustomEmojiList)
export const deleteEmoji = dialog(async () => (await import('./DeleteEmoji.tsx')).DeleteEmoji)
