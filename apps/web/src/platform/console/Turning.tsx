import { type ReactNode, useEffect, useRef } from 'react'
import styles from './PageFrame.module.css'

type TurningProps = {
  /** What is shown: '' for the list, or the id of one thing of it. */
  shown: string
  children: ReactNode
}

/**
 * For a page that shows a list, or one thing of it. What was pressed is gone when it turns from one to the
 * other, so the focus goes to where the page begins.
 */
export const Turning = ({ shown, children }: TurningProps) => {
  const content = useRef<HTMLDivElement>(null)
  const before = useRef(shown)
  useEffect(() => {
    if (before.current !== shown) content.current?.focus()
    before.current = shown
  }, [shown])
  return (
    <div ref={content} tabIndex={-1} className={styles.turning}>
      {children}
    </div>
  )
}
