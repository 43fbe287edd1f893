/** Which texts are so long that they are folded. */

/**
 * A text is folded if it has more lines than this. Twenty are shown then: a fold that hides three lines helps
 * nobody.
 */
const MOST = 26

/** Letters in a line: fewer on a phone. */
const perLine = (): number => (window.innerWidth < 640 ? 44 : 84)

/** About how many lines the text takes. */
export const linesOf = (text: string, letters: number): number => {
  let lines = 0
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / letters))
  return lines
}

/** Is the text folded at first? Most texts are decided by their length alone. */
export const isLong = (text: string): boolean => text.length > MOST && linesOf(text, perLine()) > MOST
