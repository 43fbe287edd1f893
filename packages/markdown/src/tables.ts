/** Tables: rows may have more or fewer cells than the head. */
import type { StateBlock, StateCore, Token } from 'markdown-it'

/**
 * How many missing cells may be added in one message. markdown-it fills each row up to the columns of the
 * head, up to 65,536 cells per table, so a message could have 700,000 cells and block everybody who reads it.
 * A table that would need more is shown as plain text.
 */
const MOST_FILLED_CELLS = 2000
/**
 * How many characters of one message may be searched for that: a table may end early and start again in its
 * next line.
 */
const MOST_TABLE_CHARACTERS = 250_000

export type TableEnv = { filledCells: number; tableCharacters: number }

const DELIMITERS = /^[|:-][|:\- \t]*$/

/** Shows lines as one paragraph. */
export const pushText = (state: StateBlock, startLine: number, endLine: number): void => {
  state.push('paragraph_open', 'p', 1)
  const inline = state.push('inline', '', 0)
  inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim()
  inline.children = []
  state.push('paragraph_close', 'p', -1)
  state.line = endLine
}

const lineOf = ({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string =>
  src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line])

/** A table with too many missing cells, up to the next empty line. */
export const tooEmpty = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  if (silent || startLine + 1 >= endLine) return false
  const delimiters = lineOf(state, startLine + 1)
  if (!DELIMITERS.test(delimiters)) return false
  const env = state.env as TableEnv
  const columns = cellsOf(delimiters).length
  let line = startLine + 2
  for (; line < endLine && !state.isEmpty(line); line += 1) {
    const row = lineOf(state, line)
    env.tableCharacters += row.length
    if (env.tableCharacters <= MOST_TABLE_CHARACTERS && env.filledCells <= MOST_FILLED_CELLS)
      env.filledCells += Math.max(0, columns - cellsOf(row).length)
  }
  if (env.filledCells <= MOST_FILLED_CELLS && env.tableCharacters <= MOST_TABLE_CHARACTERS) return false
  pushText(state, startLine, line)
  return true
}

/** Shows the extra cells of a row after its last column. */
export const keepCells = (state: StateCore): void => {
  const lines = state.src.split('\n')
  const tokens: Token[] = []
  let row: Token | undefined
  let cells = 0
  for (const token of state.tokens) {
    if (token.type === 'tr_open') [row, cells] = [token, 0]
    if (token.type === 'td_open') cells += 1
    if (token.type === 'tr_close' && cells > 0 && row?.map)
      for (const text of cellsOf(lines[row.map[0]] ?? '').slice(cells)) {
        const inline = new state.Token('inline', '', 0)
        inline.content = text.trim()
        inline.children = []
        tokens.push(new state.Token('td_open', 'td', 1), inline, new state.Token('td_close', 'td', -1))
      }
    tokens.push(token)
  }
  state.tokens = tokens
}

/** The cells of a row, separated by unescaped bars. */
const cellsOf = (line: string): string[] =>
  line
    .replace(/^[\s>]*\|?/, '')
    .replace(/(?<!\\)\|\s*$/, '')
    .split(/(?<!\\)\|/)
