import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import { returnFocus } from './focus-return.ts'
import styles from './Pane.module.css'

type PaneProps = {
  title: string
  /** A faint line under the title, or a number beside it. */
  subtitle?: ReactNode
  /** Buttons with icons, before the one that closes. */
  actions?: ReactNode
  onClose(): void
  /** Below the part that scrolls, for example a field for replies. */
  foot?: ReactNode
  children: ReactNode
}

/**
 * The frame of what is shown at the right of the messages. It takes the focus when it opens and gives it
 * back when it closes; Esc closes it. F6 leads to it.
 */
export const Pane = ({ title, subtitle, actions, onClose, foot, children }: PaneProps) => {
  const say = useText()
  const id = useId()
  const pane = useRef<HTMLElement>(null)
  const before = useRef<Element | null>(null)
  before.current ??= document.activeElement

  useEffect(() => {
    const element = pane.current
    if (!element?.contains(document.activeElement)) element?.focus({ preventScroll: true })
    // Only if the pane takes the focus with it: somebody may have gone on to write.
    return () => queueMicrotask(() => returnFocus(before.current))
  }, [])

  return (
    <aside
      ref={pane}
      className={styles.pane}
      aria-labelledby={id}
      data-landmark
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        onClose()
      }}
    >
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 id={id}>{title}</h2>
          {subtitle && <p>{subtitle}</p>}
        </div>
        {actions}
        <IconButton icon={X} label={say('action.close')} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {foot}
    </aside>
  )
}
