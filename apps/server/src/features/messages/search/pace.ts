/**
 * Long texts are processed in several turns of the event loop, so that other requests are served in between.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** This many characters of the most expensive kind, each of which folds to eighteen others, take 15 ms. */
export const A_TURN = 10_000

/** Counts the processed characters, and ends the turn after enough of them. */
export const paced = () => {
  let left = A_TURN
  return async (characters: number): Promise<void> => {
    left -= characters
    if (left > 0) return
    left = A_TURN
    await nextTurn()
  }
}

export type Pace = ReturnType<typeof paced>

/** How far back the end of a piece looks for a gap between words. Beyond that it cuts inside a word. */
const SEARCHED = 1000

/** The end of the piece that begins at `begin`. */
const endOfPiece = (text: string, begin: number): number => {
  const end = begin + A_TURN
  if (end >= text.length) return text.length
  for (let back = end; back > end - SEARCHED; back -= 1) if (/[\s\p{P}]/u.test(text[back] ?? '')) return back
  return end
}

/** Splits a text into pieces, between two words if possible. */
export const piecesOf = (text: string): string[] => {
  const pieces: string[] = []
  for (let begin = 0; begin < text.length; ) {
    const end = endOfPiece(text, begin)
    pieces.push(text.slice(begin, end))
    begin = end
  }
  return pieces
}
