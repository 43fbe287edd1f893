/** The dialogs of bookmarks. */
import { dialog } from '../../../platform/dialogs.ts'

export const editBookmark = dialog(async () => (await import('./EditBookmark.tsx')).EditBookmark)
export const deleteBookmark = dialog(async () => (await import('./DeleteBookmark.tsx')).DeleteBookmark)
