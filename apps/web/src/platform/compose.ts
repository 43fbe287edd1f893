/** Writing for the reader, into the field of the open channel. */

/** Adds text where the cursor is, as if it had been typed: it can be undone. Does nothing without a field. */
export const typeIntoComposer = (text: string): void =>
  void requestAnimationFrame(() => {
    const field = document.querySelector<HTMLTextAreaElement>('[data-composer] textarea')
    if (!field) return
    field.focus()
    const before = field.value.slice(0, field.selectionStart)
    document.execCommand('insertText', false, before === '' || /\s$/.test(before) ? text : ` ${text}`)
  })
