import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import styles from './GrowingText.module.css'

type GrowingTextProps = {
  label: string
  value: string
  placeholder?: string
  maxLength?: number
  focusAtEnd?: boolean
  /** Makes it a combobox, for a list of suggestions that is rendered elsewhere. */
  suggestions?: Record<string, string | boolean | undefined>
  ref?: Ref<HTMLTextAreaElement>
  onChange(value: string): void
  onKeyDown?(event: KeyboardEvent<HTMLTextAreaElement>): void
}

/** A text area that grows with its text, up to half the window. */
export const GrowingText = ({
  label,
  value,
  focusAtEnd,
  suggestions,
  ref,
  onChange,
  ...rest
}: GrowingTextProps) => {
  const area = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => area.current)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = '0'
    element.style.height = `${element.scrollHeight}px`
  }, [value])

  useEffect(() => {
    const element = area.current
    if (!element || !focusAtEnd) return
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
  }, [focusAtEnd])

  return (
    <textarea
      dir="auto"
      {...rest}
      {...suggestions}
      ref={area}
      className={styles.area}
      rows={1}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
