/** The dialogs of messages. */
import { dialog } from '../../../platform/dialogs.ts'

export const deletePost = dialog(async () => (await import('./DeletePost.tsx')).DeletePost)
