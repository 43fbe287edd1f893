/** Learns the words of what is indexed. Most were learnt before, and a server remembers which, so a message of known words costs no statement. */
import type { Db } from '../../../core/db.ts'
import { perServer } from '../../../core/server.ts'
import type { Pace } from './pace.ts'
import { rememberedOf } from './remembered.ts'
import { insertWords } from './vocabulary-store.ts'

/** Some two megabytes. */
const MOST_REMEMBERED = 20_000

/** The vocabulary has neither short words nor numbers. */
const mayBeLearnt = (word: string): boolean => word.length > 3 && !/^\d+$/.test(word)

export type Vocabulary = {
  /** Learns the words of texts. What it returns is called when the transaction is committed: till then they may have to be learnt again. */
  learn(db: Db, texts: readonly (readonly string[])[], pace: Pace): Promise<() => void>
}

export const vocabularyOf = perServer(
  'words that were learnt',
  'memory of words that are never forgotten: not to know one costs a statement',
  (server): Vocabulary => {
    // Two generations: what is used by neither for a while is forgotten all at once, which takes no longer
    // than to remember it.
    let [young, old] = [new Set<string>(), new Set<string>()]
    const isKnown = (word: string) => young.has(word) || old.has(word)
    const remember = (word: string) => {
      if (young.size >= MOST_REMEMBERED / 2) [young, old] = [new Set<string>(), young]
      young.add(word)
    }
    return {
      async learn(db, texts, pace) {
        const unknown = new Set<string>()
        for (const words of texts) {
          for (const word of words) if (mayBeLearnt(word) && !isKnown(word)) unknown.add(word)
          // A word and what is done with it takes about as long as to read one.
          await pace(words.length)
        }
        const settled = rememberedOf(server).learning(unknown, texts.length)
        if (unknown.size > 0) await insertWords(db, [...unknown].join(' '))
        return () => {
          settled()
          for (const word of unknown) remember(word)
        }
      },
    }
  },
)
