import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { apply } from './apply.ts'
import { isInCode } from './code-spans.ts'
import { link, newLine, type Selected } from './editing.ts'
import { formatFor, LINK_KEYS } from './formats.ts'
import { Offers } from './Offers.tsx'
import { isAddress, tableOfCells } from './paste.ts'
import { useOffers } from './use-offers.ts'
import styles from './WritingField.module.css'

type WritingFieldProps = {
  area: RefObject<HTMLTextAreaElement | null>
  label: string
  placeholder?: string
  value: string
  channelId: string
  rootId?: string
  /** The id of a text that tells what is wrong. */
  describedBy?: string | undefined
  onChange(value: string): void
  /** Keys that the field itself does not use; tells whether it used the key. */
  onKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean
  /** Files in the clipboard. */
  onFiles?(files: readonly File[]): void
  /** A text that is too long for a message; tells whether it was taken. */
  onLongText?(text: string): boolean
}

const selectedIn = (area: HTMLTextAreaElement): Selected => ({
  text: area.value,
  start: area.selectionStart,
  end: area.selectionEnd,
})

const insertAt = (area: HTMLTextAreaElement, insert: string): void => {
  const { selectionStart: from, selectionEnd: to } = area
  const caret = from + insert.length
  apply(area, { from, to, insert, select: [caret, caret] })
}

/** Inserts pasted text in a better form if there is one; tells whether it did. */
const pasteBetter = (area: HTMLTextAreaElement, data: DataTransfer): boolean => {
  const text = data.getData('text/plain')
  const { text: whole, start, end } = selectedIn(area)
  if (isInCode(whole, start)) return false
  if (start < end && isAddress(text) && !isAddress(whole.slice(start, end))) {
    apply(area, link({ text: whole, start, end }, text.trim()))
    return true
  }
  const cells = tableOfCells(text)
  if (cells !== undefined) {
    const before = start === 0 || whole[start - 1] === '\n' ? '' : '\n\n'
    insertAt(area, `${before}${cells}\n`)
    return true
  }
  const html = data.getData('text/html')
  // What comes from an editor of code is coloured text, and plain text is better.
  if (html === '' || isAddress(text) || data.types.includes('vscode-editor-data')) return false
  void import('./paste-html.ts').then(
    ({ markdownOf }) => insertAt(area, markdownOf(html) ?? text),
    () => insertAt(area, text),
  )
  return true
}

const HAS_FIELD_SIZING = CSS.supports('field-sizing', 'content')

/** Lets the field grow with its text, where browsers do not do so themselves. */
const useHeight = (area: RefObject<HTMLTextAreaElement | null>, value: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (!element || HAS_FIELD_SIZING) return
    element.style.height = '0'
    element.style.height = `${element.scrollHeight}px`
  }, [area, value])
}

/** A text field for messages: it completes names, formats, continues lists and improves what is pasted. */
export const WritingField = (props: WritingFieldProps) => {
  const { area, label, placeholder, value, channelId, rootId = '', describedBy, onChange, onKey } = props
  const offering = useOffers(area, { channelId, rootId })
  const isAtWork = useRef(false)
  useHeight(area, value)

  // The caret moves with the text, so both are looked at after each change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the text has changed
  useEffect(() => offering.look(), [value])

  const edit = (element: HTMLTextAreaElement, change: ReturnType<typeof newLine>): boolean => {
    if (!change || isAtWork.current) return false
    isAtWork.current = true
    apply(element, change)
    isAtWork.current = false
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const element = event.currentTarget
    if (offering.onKeyDown(event)) return
    const selected = selectedIn(element)
    const format = formatFor(event.nativeEvent, selected.start < selected.end)
    const isUsed = format ? edit(element, format.edit(selected)) : onKey(event)
    if (isUsed) {
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && edit(element, newLine(selected))) event.preventDefault()
  }

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const { clipboardData } = event
    const text = clipboardData.getData('text/plain')
    const files = [...clipboardData.files]
    const hasFiles = files.length > 0 && text === '' && props.onFiles !== undefined
    if (hasFiles) props.onFiles?.(files)
    else if (!props.onLongText?.(text) && !pasteBetter(event.currentTarget, clipboardData)) return
    event.preventDefault()
  }

  return (
    <div className={styles.field}>
      <Offers offering={offering} />
      <textarea
        ref={area}
        dir="auto"
        className={styles.area}
        rows={1}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={describedBy ? true : undefined}
        placeholder={placeholder}
        value={value}
        {...offering.field}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onSelect={(event) => {
          const { selectionStart, selectionEnd, dataset } = event.currentTarget
          // The window's shortcuts leave these keys to the field.
          dataset.ownKeys = selectionStart < selectionEnd ? LINK_KEYS : ''
          offering.look()
        }}
      />
    </div>
  )
}
