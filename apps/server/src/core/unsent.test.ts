import { describe, expect, it } from 'vitest'
import { openUnsent, type Reader } from './unsent.ts'

const KIBIBYTE = 1024

const readerOf = (unsent: number) => {
  const reader = {
    unsent,
    isClosed: false,
    closeSlow() {
      reader.isClosed = true
      reader.unsent = 0
    },
  }
  return reader satisfies Reader
}

describe('the budget of unsent bytes', () => {
  it('closes the connections with the most unsent bytes, and no more than necessary', () => {
    const unsent = openUnsent(1000 * KIBIBYTE)
    const readers = [100, 500, 300].map((size) => readerOf(size * KIBIBYTE))
    for (const reader of readers) unsent.note(reader)
    expect(readers.map(({ isClosed }) => isClosed)).toEqual([false, false, false])
    const last = readerOf(400 * KIBIBYTE)
    unsent.note(last)
    expect([...readers, last].map(({ isClosed }) => isClosed)).toEqual([false, true, false, false])
  })

  it('forgets readers who have caught up', () => {
    const unsent = openUnsent(1000 * KIBIBYTE)
    const readers = Array.from({ length: 3 }, () => readerOf(300 * KIBIBYTE))
    for (const reader of readers) {
      unsent.note(reader)
      reader.unsent = 0
    }
    const late = readerOf(900 * KIBIBYTE)
    unsent.note(late)
    expect([...readers, late].some(({ isClosed }) => isClosed)).toBe(false)
  })

  it('holds for thousands who lag a little', () => {
    const unsent = openUnsent(10_000 * KIBIBYTE)
    const readers = Array.from({ length: 2000 }, () => readerOf(20 * KIBIBYTE))
    for (const reader of readers) unsent.note(reader)
    const total = readers.reduce((sum, reader) => sum + reader.unsent, 0)
    // The sum is checked only now and then: an eighth more may come in between.
    expect(total).toBeLessThanOrEqual(12_000 * KIBIBYTE)
  })
})
