import { Check, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import styles from './Menu.module.css'

export type MenuItem =
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
  | {
      kind?: 'item'
      label: string
      hint?: string
      icon?: LucideIcon
      /** Shown instead of an icon, for example a status dot. */
      mark?: ReactNode
      keys?: string
      isDanger?: boolean
      isDisabled?: boolean
      /** One of several exclusive options; `true` for the chosen one. */
      isChosen?: boolean
      run(): void
    }

type MenuProps = {
  label: string
  items: readonly MenuItem[]
  /** Renders the button; `props` go onto it. */
  button(props: ButtonProps): ReactNode
  /** The edge of the button that the menu aligns with. */
  align?: 'start' | 'end'
}

type ButtonProps = {
  ref: RefObject<HTMLButtonElement | null>
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  'aria-controls': string
  onClick(): void
  onKeyDown(event: KeyboardEvent): void
}

const GAP = 4
const EDGE = 8

/** Places the menu below its button, or above if there is more room, and within the window. */
const place = (menu: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void => {
  const anchor = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = window.innerHeight - anchor.bottom - GAP - EDGE
  const isAbove = below < height && anchor.top > below
  const left = align === 'start' ? anchor.left : anchor.right - width
  menu.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`
  menu.style.top = isAbove ? 'auto' : `${anchor.bottom + GAP}px`
  menu.style.bottom = isAbove ? `${window.innerHeight - anchor.top + GAP}px` : 'auto'
  menu.style.maxHeight = `${Math.max(160, (isAbove ? anchor.top : window.innerHeight - anchor.bottom) - GAP - EDGE)}px`
}

/**
 * A button with a menu, built on the browser's popover, which handles Esc and presses outside. Arrow keys,
 * Home, End and letters move.
 */
export const Menu = ({ label, items, button, align = 'start' }: MenuProps) => {
  const id = useId()
  const buttonRef = useRef<HTMLButtonElement>(null)
  const menuRef = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  const choices = (): HTMLElement[] => [
    ...(menuRef.current?.querySelectorAll<HTMLElement>('[data-choice]') ?? []),
  ]
  const focusAt = (index: number): void => choices().at(index)?.focus()

  useEffect(() => {
    const menu = menuRef.current
    if (!isOpen || !menu || !buttonRef.current) return
    menu.showPopover()
    place(menu, buttonRef.current, align)
    menu.querySelector<HTMLElement>('[data-choice]')?.focus()
    const close = (): void => menu.hidePopover()
    window.addEventListener('resize', close)
    return () => window.removeEventListener('resize', close)
  }, [isOpen, align])

  const close = (): void => {
    menuRef.current?.hidePopover()
    buttonRef.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = choices()
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'ArrowDown') focusAt((at + 1) % all.length)
    else if (event.key === 'ArrowUp') focusAt(at <= 0 ? -1 : at - 1)
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') focusAt(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Tab') close()
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const ordered = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      ordered
        .find((each) => each.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))
        ?.focus()
    } else return
    event.stopPropagation()
    if (event.key !== 'Tab') event.preventDefault()
  }

  return (
    <>
      {button({
        ref: buttonRef,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'aria-controls': id,
        onClick: () => (isOpen ? close() : setOpen(true)),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' || isOpen) return
          event.preventDefault()
          setOpen(true)
        },
      })}
      <div
        ref={menuRef}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.menu}
        onKeyDown={onKeyDown}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {isOpen && items.map((item, i) => <Entry key={i} item={item} close={close} />)}
      </div>
    </>
  )
}

const Entry = ({ item, close }: { item: MenuItem; close(): void }) => {
  if (item.kind === 'line') return <hr className={styles.line} />
  if (item.kind === 'heading') {
    return (
      <div className={styles.heading} role="presentation">
        {item.label}
      </div>
    )
  }
  const { icon: Icon, mark, isChosen, isDanger, label, hint, keys, run } = item
  return (
    <button
      type="button"
      {...(isChosen === undefined
        ? { role: 'menuitem' }
        : { role: 'menuitemradio', 'aria-checked': isChosen })}
      tabIndex={-1}
      data-choice
      data-danger={isDanger ? '' : undefined}
      className={styles.item}
      onClick={() => {
        close()
        run()
      }}
    >
      {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden />}
      {mark}
      <span className={styles.words}>
        {label}
        {hint && <small>{hint}</small>}
      </span>
      {keys && <kbd>{keys}</kbd>}
      {isChosen && <Check size={16} strokeWidth={2} aria-hidden />}
    </button>
  )
}
