/** What the server answers to one question, such as a list for administrators. */
import { useEffect, useRef, useState } from 'react'
import { faultId, problemOf } from '../i18n/text.ts'

export type Answer<T> = {
  /** Undefined before the first answer. */
  value: T | undefined
  /** Why the last question failed; '' if it did not. The last answer stays. */
  problem: string
  /** The id of the refusal of the last question; '' for none. */
  fault: string
  isBusy: boolean
  /** Asks again. */
  again(): void
  /** Puts a newer answer in its place, for example what a change returned. */
  set(value: T): void
}

const NO_FAILURE = { problem: '', fault: '' }

/** Asks at once, and again when `about` changes. A late answer to an earlier question is dropped. */
export const useAnswer = <T>(ask: () => Promise<T>, about = ''): Answer<T> => {
  const [value, setValue] = useState<T>()
  const [failed, setFailed] = useState(NO_FAILURE)
  const [isBusy, setBusy] = useState(true)
  const question = useRef(0)

  const again = async (): Promise<void> => {
    const mine = ++question.current
    setBusy(true)
    try {
      const answer = await ask()
      if (mine !== question.current) return
      setValue(answer)
      setFailed(NO_FAILURE)
    } catch (error) {
      if (mine === question.current) setFailed({ problem: problemOf(error), fault: faultId(error) })
    } finally {
      if (mine === question.current) setBusy(false)
    }
  }
  const set = (next: T): void => {
    question.current += 1
    setValue(next)
    setFailed(NO_FAILURE)
    setBusy(false)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks when the question changes
  useEffect(() => {
    void again()
    return () => {
      question.current += 1
    }
  }, [about])
  return { value, ...failed, isBusy, again: () => void again(), set }
}
