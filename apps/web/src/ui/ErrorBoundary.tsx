import { Component, type ErrorInfo, type ReactNode } from 'react'
import { isNotLoaded, logFault, NotLoaded, needsReload, reloadPage } from '../browser/faults.ts'
import { useText } from '../i18n/text.ts'
import { Button } from './Button.tsx'
import styles from './ErrorBoundary.module.css'

export type Failure = {
  /** Its code could not be loaded: the server has a new version, or cannot be reached. */
  isNotLoaded: boolean
  retry(): void
}

type ErrorBoundaryProps = {
  /** What it holds, in a word for the console. */
  part: string
  /** What is shown there: with something else, the part begins anew. */
  of?: unknown
  /** What stands in its place; by default a line with buttons. */
  fallback?: (failure: Failure) => ReactNode
  /** For parts that disappear when they fail. */
  onFailure?(failure: Failure): void
  children: ReactNode
}

type State = { error: unknown; hasFailed: boolean }

const WHOLE: State = { error: undefined, hasFailed: false }

/** Keeps a fault while rendering to this part of the page: it says so in its place, and the rest goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state = WHOLE

  static getDerivedStateFromError(error: unknown): State {
    return { error, hasFailed: true }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    logFault(this.props.part, error, componentStack ?? '')
    if (error instanceof NotLoaded) error.renew()
    this.props.onFailure?.(this.#failureOf(error))
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.hasFailed && before.of !== this.props.of) this.setState(WHOLE)
  }

  #failureOf(error: unknown): Failure {
    const retry = needsReload(error) ? reloadPage : () => this.setState(WHOLE)
    return { isNotLoaded: isNotLoaded(error), retry }
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state
    if (!hasFailed) return this.props.children
    const failure = this.#failureOf(error)
    return this.props.fallback ? this.props.fallback(failure) : <Failed {...failure} />
  }
}

type FailedProps = Failure & {
  /** For parts that people can close. */
  close?(): void
}

/** In the place of a part that failed: says so, and offers what may help. */
export const Failed = ({ isNotLoaded: isMissing, retry, close }: FailedProps) => {
  const say = useText()
  return (
    <div role="alert" className={styles.failed}>
      <p>{say(isMissing ? 'fault.notLoaded' : 'fault.failed')}</p>
      <Button onClick={retry}>{say('action.retry')}</Button>
      {isMissing && <Button onClick={reloadPage}>{say('update.reload')}</Button>}
      {close && (
        <Button kind="quiet" onClick={close}>
          {say('action.close')}
        </Button>
      )}
    </div>
  )
}
