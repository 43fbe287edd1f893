/** The dialogs of messages. */
import { dialog } from '../../../platform/dialogs.ts'

export const deletePost = dialog(async () => (await import('./DeletePost.tsx')).DeletePost)
export const editHistory = dialog(async () => (await import('./EditHistory.tsx')).EditHistory)
export const forwardPost = dialog(async () => (await import('./ForwardPost.tsx')).ForwardPost)
