/** Learns the words of what is indexed. Most were learnt before, and a server remembers which, so a message of known words costs no statement. */
import type { Db } from '../../core/db.ts'
import { perServer } from '../../core/server.ts'
import { insertWords } from './vocabulary-store.ts'

/** Some two megabytes. */
const MOST_REMEMBERED = 20_000
/** What is longer comes once. */
const LONGEST_REMEMBERED = 64

/** The vocabulary has neither short words nor numbers. */
const mayBeLearnt = (piece: string): boolean => piece.length > 3 && !/^[\d.,:-]+$/.test(piece)

export type Vocabulary = {
  /** Learns the words of texts. What it returns is called when the transaction is committed: till then they may have to be learnt again. */
  learn(db: Db, texts: readonly string[]): Promise<() => void>
}

export const vocabularyOf = perServer((): Vocabulary => {
  const remembered = new Set<string>()
  const remember = (piece: string) => {
    if (piece.length > LONGEST_REMEMBERED) return
    remembered.add(piece)
    if (remembered.size <= MOST_REMEMBERED) return
    const [oldest] = remembered
    if (oldest !== undefined) remembered.delete(oldest)
  }
  return {
    async learn(db, texts) {
      // No word goes beyond a space, so what stands between two is learnt for itself, wherever it stands.
      const pieces = new Set(texts.flatMap((text) => text.split(/\s+/)))
      const unknown = [...pieces].filter((piece) => mayBeLearnt(piece) && !remembered.has(piece))
      if (unknown.length > 0) await insertWords(db, unknown)
      return () => {
        for (const piece of unknown) remember(piece)
      }
    },
  }
})
