/** What the reader is writing at this moment, apart from the text itself. */
import { Value } from '@plausch/client'
import type { Post } from '@plausch/wire'

/** The id of the post that is being edited; '' for none. */
export const editing = new Value('')

/** The post that the next message of its channel answers. */
export const replyingTo = new Value<Post | undefined>(undefined)

/** A text that could not be sent, on its way back into the composer of its channel or thread. */
export type Returned = { text: string; fileIds?: readonly string[]; rootId?: string }
export const returned = new Value<Returned | undefined>(undefined)

/** Moves the focus to the composer, for example when a message that had it is gone. */
export const focusComposer = (): void =>
  document.querySelector<HTMLElement>('[data-composer] textarea')?.focus()
