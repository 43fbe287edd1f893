/** The picker's content as rows of equal cells, so that only the visible ones are rendered. */
import type { Group, PickedEmoji } from './table.ts'

export const HEADING = 30

/** How many cells a row has, and how large they are. */
export type Size = { columns: number; cell: number }

export const SMALL: Size = { columns: 9, cell: 36 }
/** For fingers. */
export const LARGE: Size = { columns: 7, cell: 45 }

export type GridRow =
  | { kind: 'heading'; group: Group; top: number }
  /** `from` is the index of its first emoji among all of the grid. */
  | { kind: 'cells'; from: number; emoji: readonly PickedEmoji[]; top: number }

export type Grid = { rows: readonly GridRow[]; cells: readonly PickedEmoji[]; height: number; size: Size }

export type Section = { group: Group; emoji: readonly PickedEmoji[] }

/** Lays out sections below each other; a lone section of search results has no heading. */
export const gridOf = (sections: readonly Section[], hasHeadings: boolean, size = SMALL): Grid => {
  const { columns, cell } = size
  const rows: GridRow[] = []
  const cells: PickedEmoji[] = []
  let top = 0
  for (const { group, emoji } of sections) {
    if (emoji.length === 0) continue
    if (hasHeadings) {
      rows.push({ kind: 'heading', group, top })
      top += HEADING
    }
    for (let i = 0; i < emoji.length; i += columns) {
      rows.push({ kind: 'cells', from: cells.length + i, emoji: emoji.slice(i, i + columns), top })
      top += cell
    }
    cells.push(...emoji)
  }
  return { rows, cells, height: top, size }
}

/** The rows that are in view, and one more on both sides. */
export const visibleRows = ({ rows, size: { cell } }: Grid, from: number, height: number): GridRow[] =>
  rows.filter(({ top }) => top > from - 2 * cell && top < from + height + cell)

const rowAt = ({ rows }: Grid, index: number): GridRow | undefined =>
  rows.findLast((row) => row.kind === 'cells' && row.from <= index)

/** The top of the row with a cell. */
export const topOf = (grid: Grid, index: number): number => rowAt(grid, index)?.top ?? 0

/** Where an arrow key leads from a cell; -1 is none. */
export const moved = (grid: Grid, index: number, key: string): number => {
  const last = grid.cells.length - 1
  if (index < 0) return last < 0 ? -1 : 0
  if (key === 'ArrowRight') return Math.min(index + 1, last)
  if (key === 'ArrowLeft') return Math.max(index - 1, 0)
  const lines = grid.rows.filter((row) => row.kind === 'cells')
  const at = lines.findLastIndex((row) => row.from <= index)
  const column = index - (lines[at]?.from ?? 0)
  const step = key === 'PageDown' ? 6 : key === 'PageUp' ? -6 : key === 'ArrowDown' ? 1 : -1
  const next = lines[Math.max(0, Math.min(at + step, lines.length - 1))]
  return next ? next.from + Math.min(column, next.emoji.length - 1) : -1
}
