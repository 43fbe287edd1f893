import { expect, test } from 'vitest'
import { minutesBetween, zoneOf } from './local-time.ts'

const summer = Date.UTC(2026, 6, 1, 12)
const winter = Date.UTC(2026, 0, 1, 12)

test('a chosen time zone counts before that of the device', () => {
  const timezone = { automaticTimezone: 'Europe/Berlin', manualTimezone: 'Asia/Tokyo' }
  expect(zoneOf({ timezone: { ...timezone, useAutomaticTimezone: 'true' } })).toBe('Europe/Berlin')
  expect(zoneOf({ timezone: { ...timezone, useAutomaticTimezone: 'false' } })).toBe('Asia/Tokyo')
  expect(zoneOf({ timezone: {} })).toBe('')
})

test('the difference follows summer time of both places, and half hours', () => {
  expect(minutesBetween('Asia/Tokyo', summer, 'Europe/Berlin')).toBe(7 * 60)
  expect(minutesBetween('Asia/Tokyo', winter, 'Europe/Berlin')).toBe(8 * 60)
  expect(minutesBetween('America/New_York', summer, 'Europe/Berlin')).toBe(-6 * 60)
  expect(minutesBetween('Asia/Kolkata', winter, 'UTC')).toBe(330)
  expect(minutesBetween('Europe/Berlin', summer, 'Europe/Berlin')).toBe(0)
})

test('the difference is right across midnight and the end of a year', () => {
  expect(minutesBetween('Pacific/Auckland', Date.UTC(2026, 11, 31, 22), 'Europe/Berlin')).toBe(12 * 60)
})

test('an unknown zone has no time', () => {
  expect(minutesBetween('', summer)).toBeUndefined()
  expect(minutesBetween('Mars/Olympus', summer)).toBeUndefined()
})
