/** Form values that survive the dialog in which they were typed. */
import { useState } from 'react'

const kept = new Map<string, unknown>()

/** Like `useState`, but the value is kept under `key` until it is forgotten. */
export const useKept = <T>(key: string, initial: T): [T, (value: T) => void, () => void] => {
  const [value, setValue] = useState((kept.get(key) as T | undefined) ?? initial)
  const set = (next: T): void => {
    kept.set(key, next)
    setValue(next)
  }
  return [value, set, () => kept.delete(key)]
}
