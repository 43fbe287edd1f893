import { expect, test } from 'vitest'
import { gridOf, moved, SMALL, topOf, visibleRows } from './layout.ts'
import type { Group, PickedEmoji } from './table.ts'

const some = (count: number, group: Group): PickedEmoji[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ name: `${group}${i}`, text: '', customId: '', label: '', group, hasTones: false, words: [] },
  }))
const grid = gridOf(
  [
    { group: 'recent', emoji: some(2, 'recent') },
    { group: 'food', emoji: [] },
    { group: 'people', emoji: some(20, 'people') },
  ],
  true,
)

test('groups follow each other, and empty ones disappear', () => {
  expect(grid.rows.map((row) => (row.kind === 'heading' ? row.group : row.emoji.length))).toEqual([
    'recent',
    2,
    'people',
    9,
    9,
    2,
  ])
  expect(grid.height).toBe(2 * 30 + 4 * SMALL.cell)
})

test('arrow keys move to the neighbours, also into the next group', () => {
  const at = (index: number, key: string) => grid.cells[moved(grid, index, key)]?.name
  expect(at(-1, 'ArrowDown')).toBe('recent0')
  expect(at(1, 'ArrowRight')).toBe('people0')
  expect(at(1, 'ArrowDown')).toBe('people1')
  expect(at(2 + 8, 'ArrowDown')).toBe('people17')
  expect(at(2 + 17, 'ArrowDown')).toBe('people19')
  expect(at(2 + 17, 'ArrowUp')).toBe('people8')
  expect(at(0, 'ArrowUp')).toBe('recent0')
  expect(at(21, 'ArrowRight')).toBe('people19')
  expect(at(0, 'PageDown')).toBe('people18')
})

test('only rows near the visible part are rendered', () => {
  const tall = gridOf([{ group: 'people', emoji: some(1800, 'people') }], true)
  expect(visibleRows(tall, 3600, 360).length).toBeLessThan(16)
  expect(visibleRows(tall, 3600, 360)[0]?.top).toBeLessThanOrEqual(3600)
  expect(topOf(tall, 900)).toBe(30 + 100 * SMALL.cell)
})
