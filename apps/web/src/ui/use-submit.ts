/** Does what a form asks for. */
import { useEffect, useRef, useState } from 'react'
import { problemOf } from '../i18n/text.ts'

/** What is focused in a field that says that it is wrong. */
const WRONG = '[aria-invalid="true"], button[data-problem], [data-problem] input'

type Submitting = {
  isBusy: boolean
  /** Why it failed; '' if it did not. */
  problem: string
  /** Does it once, however often this is called meanwhile. */
  run(form: HTMLElement): void
}

/**
 * `submit` does the work, then `done` is called. If it rejects, `problem` says why. With `false` a field says
 * what is wrong: the first of those gets the focus.
 */
export const useSubmit = (submit: () => unknown, done?: () => void): Submitting => {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [refused, setRefused] = useState<{ form: HTMLElement }>()
  const isRunning = useRef(false)

  // After the rendering in which the fields say it.
  useEffect(() => refused?.form.querySelector<HTMLElement>(WRONG)?.focus(), [refused])

  const work = async (form: HTMLElement): Promise<void> => {
    isRunning.current = true
    setBusy(true)
    setProblem('')
    try {
      if ((await submit()) === false) setRefused({ form })
      else done?.()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return {
    isBusy,
    problem,
    run(form) {
      if (!isRunning.current) void work(form)
    },
  }
}
