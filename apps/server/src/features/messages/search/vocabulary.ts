/**
 * Learns the words of indexed texts. Most are known already, and the server remembers which, so a message of
 * known words costs no statement.
 */
import type { Db } from '../../../core/db.ts'
import { perServer } from '../../../core/server.ts'
import type { Pace } from './pace.ts'
import { rememberedOf } from './remembered.ts'
import { insertWords } from './vocabulary-store.ts'

/** Some two megabytes. */
const MOST_REMEMBERED = 20_000

/** The vocabulary contains neither short words nor numbers. */
const mayBeLearnt = (word: string): boolean => word.length > 3 && !/^\d+$/.test(word)

export type Vocabulary = {
  /**
   * Stores the words of texts. Call the returned function after the commit: until then the words count as not
   * stored.
   */
  learn(db: Db, texts: readonly (readonly string[])[], pace: Pace): Promise<() => void>
}

export const vocabularyOf = perServer(
  'words that are in the vocabulary',
  'a cache: words stay in the database, and a missing entry costs a statement',
  (server): Vocabulary => {
    // Two generations: words that were not used for a while are dropped all at once, which costs no more than
    // adding a word.
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
          // Handling a word takes about as long as processing a character.
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
