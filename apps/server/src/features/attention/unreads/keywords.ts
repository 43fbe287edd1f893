/**
 * The keywords of all people, remembered: most messages contain none, and then writing them costs much less.
 * Names (`@ana`) are not among them: a message with a name is always looked up. The statement that writes
 * posts checks the version of the words, so a change on another server or by hand is never missed.
 */
import { perServer, type Server } from '../../../core/server.ts'
import { findKeywords, wordsVersion } from './keywords-store.ts'
import type { Spoken } from './words.ts'

/** With more keywords than this nothing is remembered, and it is looked again after a while. */
const MOST = 50_000
const TOO_MANY_MS = 600_000
/** They are read in pages, so that nobody waits for all of them. */
const PAGE = 2000
/** After a change they are read again, but not more often than this. */
const AGAIN_MS = 5000
/**
 * Keywords beyond ASCII stand inside words, and are looked for in whole texts. This bounds what that costs.
 */
const MOST_SEARCHED = 200_000

export type Keywords = {
  version: number
  /** False if none of the words stands in the messages. */
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

/** Undefined if they changed meanwhile. */
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

/** `againAt` is the next time at which they may be read, by the monotonic clock. */
type Memory = { known: Keywords | undefined; againAt: number }

const memoryOf = perServer(
  'keywords of people',
  'memory of the database: the statement that writes posts checks their version',
  (): Memory => ({ known: undefined, againAt: 0 }),
)

/** The keywords, if they are known. If not, they are read for the next time. */
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

/** The statement found that they have changed. */
export const forgetWords = (server: Server): void => {
  memoryOf(server).known = undefined
}
