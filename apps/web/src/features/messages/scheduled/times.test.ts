import { expect, test } from 'vitest'
import { offeredTimes } from './times.ts'

const offered = (now: Date) =>
  offeredTimes(now).map(({ name, at }) => {
    const date = new Date(at)
    return `${name} ${date.getDate()}.${date.getMonth() + 1}. ${date.getHours()}:${date.getMinutes()}`
  })

test('tomorrow and next Monday at nine', () => {
  expect(offered(new Date(2026, 10, 25, 17, 30))).toEqual(['tomorrow 26.11. 9:0', 'monday 30.11. 9:0'])
  expect(offered(new Date(2026, 10, 30, 8, 0))).toEqual(['tomorrow 1.12. 9:0', 'monday 7.12. 9:0'])
})

test('on a Sunday tomorrow is Monday', () => {
  expect(offered(new Date(2026, 10, 29, 12, 0))).toEqual(['monday 30.11. 9:0'])
})
