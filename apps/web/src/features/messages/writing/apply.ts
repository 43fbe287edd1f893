/** Changes a text field as if somebody typed, so that the browser's undo takes it back. */
import type { Edit } from './asked.ts'

export const apply = (area: HTMLTextAreaElement, { from, to, insert, select }: Edit): void => {
  area.focus()
  area.setSelectionRange(from, to)
  const isNothing = insert === '' && from === to
  // Old, but the only way that keeps the history of a field; all browsers have it.
  const isDone = isNothing || document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert)
  if (!isDone) {
    area.setRangeText(insert, from, to, 'end')
    area.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  area.setSelectionRange(...select)
}
