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
