/** Has the reader written something? Then they want to know of answers, and may be asked for permission. */
import { Value } from '@plausch/client'
import { storage } from '../../../browser/storage.ts'

const KEY = 'notices/wrote'

export const hasWritten = new Value(storage.get(KEY) === 'true')

export const noteWritten = (): void => {
  if (hasWritten.get()) return
  storage.set(KEY, 'true')
  hasWritten.set(true)
}
