/** Long texts are read in several turns of the event loop: between two of them everybody else is served. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** So many characters of the dearest kind, each of which stands for eighteen others, take 15 ms. */
export const A_TURN = 10_000

/** Counts what is read and ends the turn when it was enough. */
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

/** A piece that ends further back than this ends within a word. */
const SEARCHED = 1000

/** Where a piece ends that begins at `begin`. */
const endOfPiece = (text: string, begin: number): number => {
  const end = begin + A_TURN
  if (end >= text.length) return text.length
  for (let back = end; back > end - SEARCHED; back -= 1) if (/[\s\p{P}]/u.test(text[back] ?? '')) return back
  return end
}

/** Pieces of a text that together are the text. They end between two words where there are two. */
export const piecesOf = (text: string): string[] => {
  const pieces: string[] = []
  for (let begin = 0; begin < text.length; ) {
    const end = endOfPiece(text, begin)
    pieces.push(text.slice(begin, end))
    begin = end
  }
  return pieces
}
