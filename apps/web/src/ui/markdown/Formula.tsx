import { lazy, type ReactNode, Suspense } from 'react'
import styles from './Formula.module.css'

type FormulaProps = {
  /** TeX. */
  text: string
  /** On a line of its own. */
  isBlock: boolean
}

const Drawn = lazy(async () => ({ default: (await import('./DrawnFormula.tsx')).DrawnFormula }))

/** A formula. Until the code that draws it is loaded, and if it is wrong, its source. */
export const Formula = ({ text, isBlock }: FormulaProps): ReactNode => {
  const source = <code>{text}</code>
  return (
    <span className={isBlock ? styles.block : undefined} {...(isBlock && { tabIndex: 0, role: 'group' })}>
      <Suspense fallback={source}>
        <Drawn text={text} isBlock={isBlock} source={source} />
      </Suspense>
    </span>
  )
}
