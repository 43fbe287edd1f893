import { expect, test } from 'vitest'
import { shownSize, tileWidth } from './sizes.ts'

test('pictures keep their form and fit into a message', () => {
  expect(shownSize({ width: 4000, height: 3000 })).toEqual({ width: 427, height: 320 })
  expect(shownSize({ width: 1000, height: 100 })).toEqual({ width: 480, height: 48 })
  expect(shownSize({ width: 200, height: 100 })).toEqual({ width: 200, height: 100 })
  expect(shownSize({ width: 1, height: 1 })).toEqual({ width: 48, height: 48 })
  expect(shownSize({ width: 0, height: 0 })).toEqual({ width: 320, height: 240 })
})

test('one of several pictures is neither a stripe nor a needle', () => {
  expect([
    tileWidth({ width: 5000, height: 100 }),
    tileWidth({ width: 100, height: 5000 }),
    tileWidth({ width: 100, height: 100 }),
  ]).toEqual([280, 96, 152])
})
