import { ChevronDown, ChevronUp } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import styles from './Fold.module.css'
import { isLong } from './long.ts'
import { HOLD } from './scroll-keeper.ts'

/** Messages that the reader unfolded, as long as the page is open. */
const unfolded = new Set<string>()

type FoldProps = { id: string; text: string; children: ReactNode }

/**
 * Folds a long text. How long it is, is estimated from its letters, so a row has its height before it is
 * drawn. Unfolding moves only what is below.
 */
export const Fold = ({ id, text, children }: FoldProps) =>
  isLong(text) ? <Folded id={id}>{children}</Folded> : children

const Folded = ({ id, children }: { id: string; children: ReactNode }) => {
  const say = useText()
  const [isOpen, setOpen] = useState(unfolded.has(id))
  const box = useRef<HTMLDivElement>(null)
  const change = (next: boolean): void => {
    box.current?.dispatchEvent(new Event(HOLD, { bubbles: true }))
    if (next) unfolded.add(id)
    else unfolded.delete(id)
    setOpen(next)
    // Otherwise the reader would be somewhere below the message.
    if (!next) box.current?.closest('article')?.scrollIntoView({ block: 'nearest' })
  }
  const Icon = isOpen ? ChevronUp : ChevronDown
  return (
    <>
      <div
        ref={box}
        className={styles.text}
        data-folded={isOpen ? undefined : ''}
        // The browser's search, or the focus, has found something in the hidden part.
        onScroll={(event) => {
          if (isOpen || event.currentTarget.scrollTop === 0) return
          event.currentTarget.scrollTop = 0
          change(true)
        }}
      >
        {children}
      </div>
      <button type="button" className={styles.button} aria-expanded={isOpen} onClick={() => change(!isOpen)}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {say(isOpen ? 'fold.less' : 'fold.more')}
      </button>
    </>
  )
}
