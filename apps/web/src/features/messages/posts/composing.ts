/** What the reader is writing at this moment, apart from the text itself. */
import { Value } from '@plausch/client'
import { client } from '../../../platform/client.ts'
import { focusedThread } from './place-of-rows.ts'

/** The id of the post that is being edited; '' for none. */
export const editing = new Value('')

/** The thread in whose list it is edited; '' for the list of the channel. */
export const editingIn = new Value('')

/** What is typed in it: the row may be far from what is on screen, and then it has no field. */
export const editedText = new Value<string | undefined>(undefined)

client.posts.hold(() => [editing.get()], true)

/** Edits a post where the focus is: in the channel, or in its thread. */
export const startEditing = (postId: string): void => {
  if (editing.get() !== postId) editedText.set(undefined)
  editingIn.set(focusedThread())
  editing.set(postId)
}

/** A text that could not be sent, on its way back into the composer of its channel or thread. */
export type Returned = { text: string; fileIds?: readonly string[]; rootId?: string }
export const returned = new Value<Returned | undefined>(undefined)

/**
 * Moves the focus to the composer of the channel or of a thread, for example when a message that had it is
 * gone.
 */
export const focusComposer = (rootId = ''): void =>
  document.querySelector<HTMLElement>(`[data-composer="${rootId}"] textarea`)?.focus()
