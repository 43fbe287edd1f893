/** The dialogs about links: what each does is said before it is done. */
import { dialog } from '../../../platform/dialogs.ts'

export const linkPlace = dialog(async () => (await import('./LinkPlace.tsx')).LinkPlace)
export const linkGroup = dialog(async () => (await import('./LinkGroup.tsx')).LinkGroup)
export const addByLink = dialog(async () => (await import('./AddByLink.tsx')).AddByLink)
export const unlink = dialog(async () => (await import('./Unlink.tsx')).Unlink)
export const letGroupsDecide = dialog(async () => (await import('./LetGroupsDecide.tsx')).LetGroupsDecide)
