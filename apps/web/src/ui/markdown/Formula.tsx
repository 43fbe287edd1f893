import { type ReactNode, Suspense } from 'react'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { lazily } from '../lazily.tsx'
import styles from './Formula.module.css'

type FormulaProps = {
  /** TeX. */
  text: string
  /** On a line of its own. */
  isBlock: boolean
}

const Drawn = lazily(async () => (await import('./DrawnFormula.tsx')).DrawnFormula)

/** A formula. Until the code that draws it is loaded, and if it is wrong, its source. */
export const Formula = ({ text, isBlock }: FormulaProps): ReactNode => {
  const source = <code>{text}</code>
  return (
    <span className={isBlock ? styles.block : undefined} {...(isBlock && { tabIndex: 0, role: 'group' })}>
      <ErrorBoundary part="formula" of={text} fallback={() => source}>
        <Suspense fallback={source}>
          <Drawn text={text} isBlock={isBlock} source={source} />
        </Suspense>
      </ErrorBoundary>
    </span>
  )
}
