import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './Toolbar.module.css'

type ToolbarProps = {
  label: string
  className?: string
  children: ReactNode
}

const itemsOf = (bar: HTMLElement | null): HTMLElement[] =>
  [...(bar?.querySelectorAll<HTMLElement>('button, a[href], input, select') ?? [])].filter(
    (each) => !each.matches(':disabled') && each.closest('[role="toolbar"]') === bar,
  )

/** Buttons with one tab stop: the arrow keys, Home and End move between them. */
export const Toolbar = ({ label, className, children }: ToolbarProps) => {
  const bar = useRef<HTMLDivElement>(null)
  const current = useRef<HTMLElement>(undefined)

  const stopAt = (wanted: HTMLElement | undefined): void => {
    const items = itemsOf(bar.current)
    const stop = wanted && items.includes(wanted) ? wanted : items[0]
    current.current = stop
    for (const item of items) item.tabIndex = item === stop ? 0 : -1
  }
  // After every rendering, because buttons come and go.
  useLayoutEffect(() => stopAt(current.current))

  const onKeyDown = (event: KeyboardEvent): void => {
    const items = itemsOf(bar.current)
    const at = items.indexOf(document.activeElement as HTMLElement)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const to =
      event.key === 'ArrowRight'
        ? (at + 1) % items.length
        : event.key === 'ArrowLeft'
          ? (at - 1 + items.length) % items.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? items.length - 1
              : undefined
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    items[to]?.focus()
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      className={className ? `${styles.bar} ${className}` : styles.bar}
      onKeyDown={onKeyDown}
      onFocus={(event) => stopAt(event.target)}
    >
      {children}
    </div>
  )
}
