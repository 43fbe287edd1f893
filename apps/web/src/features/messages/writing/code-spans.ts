/** Is a place of a text inside code? Names are not completed there, and warnings ignore most of it. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** Is the end of `line` inside inline code? A span of n backticks ends with as many. */
const isInSpan = (line: string): boolean => {
  let open = 0
  for (const [run] of line.matchAll(/`+/g)) {
    if (open === 0) open = run.length
    else if (run.length === open) open = 0
  }
  return open > 0
}

/** The lines before the caret, and the mark of the block of code that is open there; '' for none. */
const openAt = (text: string, caret: number): { last: string; fence: string } => {
  const lines = text.slice(0, caret).split('\n')
  const last = lines.pop() ?? ''
  let fence = ''
  for (const line of lines) {
    const mark = FENCE.exec(line)?.[1] ?? ''
    if (fence === '') fence = mark
    else if (mark.startsWith(fence) && line.trim() === mark) fence = ''
  }
  return { last, fence }
}

const hasMarks = (text: string): boolean => text.includes('`') || text.includes('~~~')

/** Is the caret inside a block of code, or inside code within a line? */
export const isInCode = (text: string, caret: number): boolean => {
  if (!hasMarks(text)) return false
  const { last, fence } = openAt(text, caret)
  return fence !== '' || FENCE.test(last) || isInSpan(last)
}

/** Is the caret inside a block of code? */
export const isInBlock = (text: string, caret: number): boolean => {
  if (!hasMarks(text)) return false
  const { last, fence } = openAt(text, caret)
  return fence !== '' || FENCE.test(last)
}

export type Range = { from: number; to: number }

/** Code within a line: from n backticks to the next n. */
const spansIn = (line: string, start: number): Range[] => {
  const runs = [...line.matchAll(/`+/g)]
  const ranges: Range[] = []
  for (let i = 0; i < runs.length; i++) {
    const open = runs[i]
    const close = runs.findIndex((run, j) => j > i && run[0].length === open?.[0].length)
    const end = runs[close]
    if (!open || !end) continue
    ranges.push({ from: start + open.index, to: start + end.index + end[0].length })
    i = close
  }
  return ranges
}

/** All code of a text, in its order: whole lines of blocks, and spans within lines. */
export const codeIn = (text: string): Range[] => {
  if (!hasMarks(text)) return []
  const ranges: Range[] = []
  let fence = ''
  let at = 0
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? ''
    const isCode = fence !== '' || mark !== ''
    if (fence === '') fence = mark
    else if (mark.startsWith(fence) && line.trim() === mark) fence = ''
    if (isCode) ranges.push({ from: at, to: at + line.length })
    else ranges.push(...spansIn(line, at))
    at += line.length + 1
  }
  return ranges
}
