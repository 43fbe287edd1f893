/** The emoji picker, for whoever needs an emoji: as a component, and as a popover beside an element. */
import { dialog } from '../../../platform/dialogs.ts'
import { later } from '../../../platform/later.ts'

/** A field to search in and a grid. `choose` gets the name without colons. */
export const EmojiPicker = later(async () => (await import('./EmojiPicker.tsx')).EmojiPicker)

/** Opens the picker beside an element; `choose` gets the name, and the popover closes. */
export const emojiPopover = dialog(async () => (await import('./EmojiPopover.tsx')).EmojiPopover)

/** Loads code and data, so that the picker opens at once. */
export const prefetchPicker = async (): Promise<void> => {
  await Promise.all([emojiPopover.load(), import('./table.ts').then(({ prefetchTable }) => prefetchTable())])
}
