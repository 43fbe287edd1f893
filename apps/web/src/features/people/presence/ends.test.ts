import { expect, test } from 'vitest'
import { endOf, QUIET_ENDS } from './ends.ts'

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime()
const MONDAY = at(30, 14, 20)

test('a status of today lasts to midnight, one of this week to the end of Sunday', () => {
  expect(endOf('today', MONDAY)).toBe(new Date(2026, 11, 1).getTime() - 1)
  expect(endOf('this_week', MONDAY)).toBe(new Date(2026, 11, 7).getTime() - 1)
  expect(endOf('this_week', at(29, 12))).toBe(at(30, 0) - 1)
  expect(endOf('today', at(30, 0))).toBe(new Date(2026, 11, 1).getTime() - 1)
})

test('a status without a duration has no end', () => {
  expect(endOf('', MONDAY)).toBe(0)
  expect(endOf('four_hours', MONDAY)).toBe(at(30, 18, 20))
})

test('quiet until tomorrow ends at nine, also across the end of a month', () => {
  const tomorrow = QUIET_ENDS.find(({ name }) => name === 'tomorrow')
  expect(tomorrow?.end(MONDAY)).toBe(new Date(2026, 11, 1, 9).getTime())
})
