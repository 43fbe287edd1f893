import { expect, test } from 'vitest'
import { zoomed } from './use-zoom.ts'

test('the point under the pointer stays while zooming, and the whole picture is in the middle', () => {
  const fit = { scale: 1, x: 0, y: 0 }
  const near = zoomed(fit, 2, 100, -50)
  expect(near).toEqual({ scale: 2, x: -100, y: 50 })
  // The picture's point under the pointer: (pointer - offset) / scale.
  expect([(100 - near.x) / near.scale, (-50 - near.y) / near.scale]).toEqual([100, -50])
  expect(zoomed(near, 0.5, 7, 7)).toEqual(fit)
  expect(zoomed(fit, 100).scale).toBe(8)
})
