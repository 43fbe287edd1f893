import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addKnown, addNewest, addPage, blockAt, type Timeline, without, withoutEnd } from './timeline.ts'

// In a history of `n` posts, ids are the times, padded so that they sort.
const id = (time: number): string => String(time).padStart(4, '0')
const timeOf = (name: string): number => Number(name)
const range = (from: number, to: number): string[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => id(from + i))

/** The page [from, to) of a history of `n` posts, as a server returns it. */
const page = (from: number, to: number, n: number) => ({
  ids: range(from, to),
  older: from > 0 ? id(from - 1) : '',
  newer: to < n ? id(to) : '',
})

const isSound = (timeline: Timeline): void => {
  const all = timeline.flatMap(({ ids }) => ids)
  expect([...new Set(all)].sort()).toEqual(all)
  expect(timeline.filter(({ hasEnd }) => hasEnd).length).toBeLessThanOrEqual(1)
  expect(timeline.filter(({ hasStart }) => hasStart).length).toBeLessThanOrEqual(1)
}

describe('timeline', () => {
  test('adjacent pages become one block, others stay separate', () => {
    const one = addPage([], page(50, 60, 60), timeOf)
    const two = addPage(one, page(10, 20, 60), timeOf)
    expect(two.map(({ ids }) => ids.length)).toEqual([10, 10])
    const three = addPage(two, page(20, 50, 60), timeOf)
    expect(three).toEqual([{ ids: range(10, 60), hasStart: false, hasEnd: true }])
  })

  test('an empty page shows that its neighbour is the first', () => {
    const timeline = addPage([], page(0, 5, 5), timeOf)
    const cut = [{ ids: range(0, 5), hasStart: false, hasEnd: true }]
    expect(addPage(cut, { ids: [], older: '', newer: id(0) }, timeOf)).toEqual(timeline)
  })

  test('a post that comes while the newest page is loaded is not lost', () => {
    const early = addNewest([], id(60), timeOf)
    expect(addPage(early, { ...page(30, 60, 60), newer: '' }, timeOf)).toEqual([
      { ids: range(30, 61), hasStart: false, hasEnd: true },
    ])
  })

  test('after a loss, later posts stay separate until the part between is loaded', () => {
    const before = addPage([], page(0, 10, 10), timeOf)
    const after = addNewest(withoutEnd(before), id(15), timeOf)
    expect(after.map(({ ids }) => ids.length)).toEqual([10, 1])
    expect(addPage(after, { ids: range(10, 15), older: id(9), newer: '' }, timeOf)).toEqual([
      { ids: range(0, 16), hasStart: true, hasEnd: true },
    ])
  })

  test('a post with unknown neighbours is added only where a block covers its time', () => {
    const timeline = [{ ids: [id(1), id(5)], hasStart: false, hasEnd: false }]
    expect(addKnown(timeline, id(3), timeOf)[0]?.ids).toEqual([id(1), id(3), id(5)])
    expect(addKnown(timeline, id(7), timeOf)).toEqual(timeline)
  })

  test('finds the block of a post, or the newest', () => {
    const timeline = addPage(addPage([], page(0, 3, 9), timeOf), page(6, 9, 9), timeOf)
    expect(blockAt(timeline, id(1))?.ids).toEqual(range(0, 3))
    expect(blockAt(timeline, '')?.ids).toEqual(range(6, 9))
    expect(blockAt(timeline, id(4))).toBeUndefined()
    expect(without(timeline, new Set([id(1)]))[0]?.ids).toEqual([id(0), id(2)])
  })

  test('for any pages in any order: no hole inside a block, no post twice, no post lost', () => {
    const n = 40
    const stretch = fc
      .tuple(fc.nat(n - 1), fc.integer({ min: 1, max: 12 }))
      .map(([from, length]) => [from, Math.min(n, from + length)] as const)
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const seen = new Set<string>()
        let timeline: Timeline = []
        for (const [from, to] of stretches) {
          timeline = addPage(timeline, page(from, to, n), timeOf)
          for (const each of range(from, to)) seen.add(each)
        }
        isSound(timeline)
        expect(timeline.flatMap(({ ids }) => ids)).toEqual([...seen].sort())
        for (const { ids, hasStart, hasEnd } of timeline) {
          expect(ids).toEqual(range(timeOf(ids[0] ?? ''), timeOf(ids.at(-1) ?? '') + 1))
          expect(hasStart).toBe(ids[0] === id(0))
          expect(hasEnd).toBe(ids.at(-1) === id(n - 1))
        }
      }),
    )
  })
})
