/** Settings are saved when they change; a failure is told beside the field and changes nothing. */
import { useEffect, useRef, useState } from 'react'
import { problemOf } from '../../i18n/text.ts'

export type Saving = { state: 'idle' | 'saving' | 'saved' | 'failed'; problem: string }

const IDLE: Saving = { state: 'idle', problem: '' }
const SAID_MS = 2500

/** The state of the last save, and the function that saves; it resolves with whether it succeeded. */
export const useSaving = (): [Saving, (work: () => Promise<unknown>) => Promise<boolean>] => {
  const [saving, setSaving] = useState<Saving>(IDLE)
  const last = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const save = async (work: () => Promise<unknown>): Promise<boolean> => {
    const mine = ++last.current
    clearTimeout(timer.current)
    setSaving({ state: 'saving', problem: '' })
    try {
      await work()
      if (mine === last.current) {
        setSaving({ state: 'saved', problem: '' })
        timer.current = setTimeout(() => setSaving(IDLE), SAID_MS)
      }
      return true
    } catch (error) {
      if (mine === last.current) setSaving({ state: 'failed', problem: problemOf(error) })
      return false
    }
  }
  return [saving, save]
}
