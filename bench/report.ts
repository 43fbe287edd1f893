/** The table that a run prints, and its comparison with a run of record. */
import { type Figure, meetsGoal, ratioOf } from './figures.ts'

export const number = (value: number | undefined): string =>
  value === undefined
    ? ''
    : value >= 1000
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(value > 0 && value < 0.1 ? 3 : 2)

export const inColumns = (rows: string[][]): string => {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

const verdict = (figure: Figure): string =>
  ({ true: 'met', false: 'MISSED' })[String(meetsGoal(figure))] ?? ''

const [BEGIN, END] = ['<!-- figures -->', '<!-- end of figures -->']
const header = ['figure', 'Plausch', 'unit', 'limit', '× limit', 'goal', '', 'Mattermost']

const cellsOf = (each: Figure): string[] => [
  each.title,
  number(each.value),
  each.unit,
  number(each.limit),
  number(ratioOf(each)),
  number(each.goal),
  verdict(each),
  number(each.mattermost),
]

/** All figures with the machine's limit, the goal and Mattermost's figure. */
export const tableOf = (figures: readonly Figure[]): string => inColumns([header, ...figures.map(cellsOf)])

/** The same for docs/reference/performance.md, between its two marks; people write the text around them. */
export const inPage = (page: string, figures: readonly Figure[], about: string): string => {
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  if (before === undefined || after === undefined) throw new Error(`the page has no ${BEGIN} … ${END}`)
  const rows = [
    header,
    header.map((_, n) => (n === 0 || n === 2 || n === 6 ? '---' : '--:')),
    ...figures.map(cellsOf),
  ]
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `${before}${BEGIN}\n\n${about}\n\n${table}\n\n${END}${after}`
}

/** The ratios of a run by name: these can be compared between machines. */
export const ratiosOf = (figures: readonly Figure[]): Record<string, number> =>
  Object.fromEntries(
    figures.flatMap((each) => {
      const ratio = ratioOf(each)
      return ratio === undefined ? [] : [[each.name, Number(ratio.toFixed(3))]]
    }),
  )

const MARKED = 1.3
const FAILED = 2

export type Comparison = { text: string; failed: string[] }

/**
 * Puts the ratio of record beside each ratio. Marks a ratio that is 30 % worse; one that is twice as bad
 * fails the run, if it is steady.
 */
export const compare = (figures: readonly Figure[], record: Record<string, number>): Comparison => {
  const unsteady = new Set(figures.flatMap(({ name, isUnsteady }) => (isUnsteady ? [name] : [])))
  const rows = Object.entries(ratiosOf(figures)).map(([name, ratio]) => {
    const known = record[name]
    const times = known === undefined ? undefined : ratio / known
    const isBad = times !== undefined && times >= FAILED && !unsteady.has(name)
    const mark = times === undefined ? 'new' : isBad ? 'FAILED' : times >= MARKED ? 'slower' : ''
    return { name, mark, cells: [name, number(ratio), number(known), number(times), mark] }
  })
  return {
    text: inColumns([
      ['ratio to the limit', 'now', 'recorded', 'times', ''],
      ...rows.map(({ cells }) => cells),
    ]),
    failed: rows.filter(({ mark }) => mark === 'FAILED').map(({ name }) => name),
  }
}
