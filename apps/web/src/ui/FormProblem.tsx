import { useEffect, useRef } from 'react'
import styles from './Form.module.css'

/** What is wrong with a form as a whole: spoken when it appears. */
export const FormProblem = ({ text }: { text: string }) => {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (text !== '') line.current?.scrollIntoView({ block: 'nearest' })
  }, [text])
  return (
    <p ref={line} className={styles.problem} role="alert" hidden={text === ''}>
      {text}
    </p>
  )
}
