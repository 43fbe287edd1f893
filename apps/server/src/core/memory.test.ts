import { expect, it } from 'vitest'
import { openGivingBack } from './memory.ts'

const MIB = 1024 * 1024

it('collects after the start, and again after a peak when the server is idle', () => {
  let [resident, busy, collected] = [150 * MIB, 0.9, 0]
  const { look } = openGivingBack({
    resident: () => resident,
    busy: () => busy,
    collect() {
      collected += 1
      resident = 120 * MIB
    },
  })
  expect(collected).toBe(1)
  resident = 400 * MIB
  look()
  expect(collected, 'while people work').toBe(1)
  busy = 0.01
  look()
  expect(collected).toBe(2)
  resident = 170 * MIB
  look()
  expect(collected, 'for little').toBe(2)
})
