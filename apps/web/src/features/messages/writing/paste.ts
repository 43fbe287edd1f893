/** What pasted text becomes in a message: cells a table, an address on a selection a link. */

const MOST_ROWS = 200

const cell = (text: string): string => text.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')

/** A markdown table; the first row is its head. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const width = Math.max(...rows.map((row) => row.length))
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, i) => cell(cells[i] ?? '')).join(' | ')} |`
  const [head = [], ...others] = rows
  return [line(head), `|${' --- |'.repeat(width)}`, ...others.map(line)].join('\n')
}

/** Cells of a spreadsheet as a table; undefined for other text, such as indented code. */
export const tableOfCells = (text: string): string | undefined => {
  if (!text.includes('\t')) return undefined
  const rows = text
    .replaceAll('\r', '')
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => line.split('\t'))
  const [first = []] = rows
  const isTable =
    rows.length > 1 &&
    rows.length <= MOST_ROWS &&
    first.length > 1 &&
    rows.every((row) => row.length === first.length) &&
    rows.every((row) => row.some((each) => each.trim() !== '')) &&
    !rows.every((row) => row[0]?.trim() === '')
  return isTable ? table(rows) : undefined
}

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>]+$/

/** Is the text one address and nothing else? */
export const isAddress = (text: string): boolean => ADDRESS.test(text.trim())
