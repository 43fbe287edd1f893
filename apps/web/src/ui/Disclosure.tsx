import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import styles from './Disclosure.module.css'

type DisclosureProps = {
  title: string
  /** A faint word at the end of the line, for example a number. */
  note?: ReactNode
  startsOpen?: boolean
  children: ReactNode
}

/** A part that is folded away until somebody wants it; the browser's search finds its text all the same. */
export const Disclosure = ({ title, note, startsOpen = false, children }: DisclosureProps) => {
  const id = useId()
  const [isOpen, setOpen] = useState(startsOpen)
  return (
    <div>
      <button
        type="button"
        className={styles.button}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        <span>{title}</span>
        {note && <small>{note}</small>}
      </button>
      <div
        id={id}
        className={styles.content}
        ref={(element) => {
          if (!element) return
          // React knows only `hidden` without a value.
          if (isOpen) element.removeAttribute('hidden')
          else element.setAttribute('hidden', 'until-found')
          const found = (): void => setOpen(true)
          element.addEventListener('beforematch', found)
          return () => element.removeEventListener('beforematch', found)
        }}
      >
        {children}
      </div>
    </div>
  )
}
