import { expect, test } from 'vitest'
import { timeOf } from './times.ts'

test('tomorrow is nine in the morning of the next day, also at the end of a month', () => {
  const now = new Date(2026, 0, 31, 23, 30).getTime()
  expect(timeOf('tomorrow', now)).toBe(new Date(2026, 1, 1, 9).getTime())
  expect(timeOf('20m', now)).toBe(now + 1_200_000)
  expect(timeOf('other', now)).toBeUndefined()
})
