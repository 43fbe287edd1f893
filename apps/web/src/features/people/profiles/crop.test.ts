import { expect, test } from 'vitest'
import { moved, squareOf, WHOLE } from './crop.ts'

test('without a choice it is the largest square in the middle', () => {
  expect(squareOf(WHOLE, 400, 300)).toEqual({ left: 50, top: 0, side: 300 })
  expect(squareOf(WHOLE, 300, 400)).toEqual({ left: 0, top: 50, side: 300 })
})

test('the square never leaves the picture', () => {
  expect(squareOf({ x: 0, y: 1, zoom: 2 }, 400, 300)).toEqual({ left: 0, top: 150, side: 150 })
})

test('moving the picture to the right shows what is further left, up to its edge', () => {
  const near = moved({ ...WHOLE, zoom: 2 }, 0.5, 0, 400, 300)
  expect(squareOf(near, 400, 300)).toEqual({ left: 50, top: 75, side: 150 })
  const edge = moved(near, 5, 0, 400, 300)
  expect(squareOf(edge, 400, 300).left).toBe(0)
  // Back from the edge it follows at once.
  expect(squareOf(moved(edge, -0.5, 0, 400, 300), 400, 300).left).toBe(75)
})
