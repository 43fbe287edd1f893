/**
 * A cache of the keywords of all people: words for which somebody wants to be notified (`mention_keys`). Most
 * messages contain none, and then the server need not look for the people they mention. Names (`@ana`) are not
 * in the cache: a message with a name is always looked up. The statement that writes posts compares the cached
 * version with the database's. If they differ, it writes nothing, and the batch is tried again without the
 * cache. So changes by another server or by SQL count, too.
 */
import { perServer, type Server } from '../../../core/server.ts'
import { findKeywords, wordsVersion } from './keywords-store.ts'
import type { Spoken } from './words.ts'

/** With more keywords than this nothing is cached, and the server tries again after a while. */
const MOST = 50_000
const TOO_MANY_MS = 600_000
/** Keywords are read in pages, so that no single query takes long. */
const PAGE = 2000
/** After a change the keywords are read again, but at most this often. */
const AGAIN_MS = 5000
/** Keywords beyond ASCII can be inside words, so whole texts are searched for them. This limits the cost. */
const MOST_SEARCHED = 200_000

export type Keywords = {
  version: number
  /** False if no keyword is in the messages. */
  mayStandIn(spoken: Pick<Spoken, 'words' | 'texts'>): boolean
}

const isAscii = (word: string) => Buffer.byteLength(word) === word.length

const keywordsOf = (version: number, words: ReadonlySet<string>): Keywords => {
  const inside = [...words].filter((word) => !isAscii(word))
  return {
    version,
    mayStandIn(spoken) {
      if (spoken.words.some((word) => words.has(word))) return true
      const characters = spoken.texts.reduce((sum, text) => sum + text.length, 0)
      if (characters * inside.length > MOST_SEARCHED) return true
      return spoken.texts.some((text) => inside.some((word) => text.includes(word)))
    },
  }
}

/** Undefined if the keywords changed while they were read. */
const readAll = async ({ db }: Server): Promise<Keywords | 'too many' | undefined> => {
  const version = await wordsVersion(db)
  const words = new Set<string>()
  for (let last = ''; ; ) {
    const page = await findKeywords(db, last, PAGE)
    for (const word of page) words.add(word)
    if (words.size > MOST) return 'too many'
    if (page.length < PAGE) break
    last = page.at(-1) ?? ''
  }
  return (await wordsVersion(db)) === version ? keywordsOf(version, words) : undefined
}

/** `againAt` is the earliest time for the next attempt, on the monotonic clock. */
type Memory = { known: Keywords | undefined; againAt: number }

const memoryOf = perServer(
  'keywords of people',
  'a cache of the database: the statement that writes posts checks its version',
  (): Memory => ({ known: undefined, againAt: 0 }),
)

/** The keywords, if they are cached. If not, starts reading them for the next call. */
export const rememberedWords = (server: Server): Keywords | undefined => {
  const memory = memoryOf(server)
  const now = performance.now()
  if (!memory.known && now >= memory.againAt) {
    memory.againAt = now + AGAIN_MS
    const reading = readAll(server).then((read) => {
      if (read === 'too many') memory.againAt = now + TOO_MANY_MS
      else memory.known = read
    })
    server.background.run(reading, 'keywords could not be read')
  }
  return memory.known
}

/** Call this when the statement has found that the keywords changed. */
export const forgetWords = (server: Server): void => {
  memoryOf(server).known = undefined
}
