/** Form values that outlive the dialog they were typed into. */
import { useState } from 'react'

const kept = new Map<string, unknown>()

/** Like `useState`, but the value waits under `key` until it is forgotten. */
export const useKept = <T>(key: string, initial: T): [T, (value: T) => void, () => void] => {
  const [value, setValue] = useState((kept.get(key) as T | undefined) ?? initial)
  const set = (next: T): void => {
    kept.set(key, next)
    setValue(next)
  }
  return [value, set, () => kept.delete(key)]
}
