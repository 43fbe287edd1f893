/**
 * Caches what a search asks the vocabulary, the table of all indexed words: how frequent a word is, which
 * longer words contain it, and how many posts a person can reach. For a rare word these queries are most of
 * the cost, and they repeat: people turn to the next page, and search for the same words as others. The
 * frequency is an estimate and may be outdated. The list of longer words must be complete: it is dropped before
 * a new word that changes it becomes visible. The cache is not used while other servers share the database.
 */
import { perServer } from '../../../core/server.ts'
import type { Answer, Known, Probe } from './vocabulary-store.ts'

/** Some hundred kilobytes; six megabytes if each answer has a hundred of the longest words. */
const MOST_ANSWERS = 500
const MOST_PEOPLE = 2000
/** Nobody else asks for the same longer text. */
const LONGEST_TEXT = 64

/** Estimates expire after this time, or after this many more posts have been indexed. */
const BELIEVED_MS = 300_000
const MOST_MORE = 2000

/**
 * If more new words than this arrive at once, all answers are dropped, without a check which of them change.
 */
const MOST_WORDS = 200

/** No transaction takes longer. After that a word is either stored or will be learnt again. */
const LEARNING_MS = 300_000

type Estimates = Pick<Known, 'sampled' | 'blocks'>
type Reach = Pick<Known, 'places' | 'in_places'>
/** A new word changes the answer only if it contains `part`; null if no word does. */
type Remembered = { key: string; part: string | null; answer: Answer }

export type Recalled = {
  known: Omit<Known, 'is_waiting' | 'by_people'>
  /**
   * Call this after the posts have been read: are the answers still valid, or could the posts have words that
   * they miss?
   */
  isTrue(): boolean
}

const keyOf = ({ kind, text, pattern }: Probe): string => `${kind} ${pattern ?? ''} ${text}`

/**
 * Words are letters and digits, so other characters in a pattern match nothing and are removed. An answer is
 * rather dropped too often than too rarely.
 */
const partOf = ({ pattern }: Probe): string | null => pattern?.replaceAll(/[%_\\]/g, '') ?? null

const isIn = (part: string | null, words: ReadonlySet<string>): boolean =>
  part !== null && (words.size > MOST_WORDS || words.values().some((word) => word.includes(part)))

const keep = <V>(map: Map<string, V>, most: number, key: string, value: V) => {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}

export const rememberedOf = perServer(
  'answers of the vocabulary',
  'dropped when this server learns a word, and not used beside other servers',
  () => {
    const answers = new Map<string, Remembered>()
    const reaches = new Map<string, Reach>()
    const learning = new Map<ReadonlySet<string>, number>()
    let estimates: Estimates | undefined
    let since = performance.now()
    let more = 0
    let changes = 0

    const forget = () => {
      changes += 1
      answers.clear()
      reaches.clear()
      estimates = undefined
      since = performance.now()
      more = 0
    }
    const isBeingLearnt = (part: string | null) => learning.keys().some((words) => isIn(part, words))

    return {
      forget,
      /** Everything that a search for these words must know, if all of it is cached. */
      recall(probes: readonly Probe[], userId: string): Recalled | undefined {
        if (performance.now() - since > BELIEVED_MS) forget()
        const reach = reaches.get(userId)
        const found = probes.map((probe) => answers.get(keyOf(probe)))
        if (estimates === undefined || reach === undefined || found.includes(undefined)) return undefined
        const kept = found.filter((each) => each !== undefined)
        return {
          known: { ...estimates, ...reach, answers: kept.map(({ answer }) => answer) },
          isTrue: () => kept.every((each) => answers.get(each.key) === each),
        }
      },
      /** Asks, and caches the answer, unless something has changed meanwhile. */
      async learnFrom(probes: readonly Probe[], userId: string, ask: () => Promise<Known>): Promise<Known> {
        const before = changes
        const known = await ask()
        if (changes !== before) return known
        estimates = { sampled: known.sampled, blocks: known.blocks }
        keep(reaches, MOST_PEOPLE, userId, { places: known.places, in_places: known.in_places })
        probes.forEach((probe, n) => {
          const answer = known.answers[n]
          const [key, part] = [keyOf(probe), partOf(probe)]
          if (answer && probe.text.length <= LONGEST_TEXT && !isBeingLearnt(part))
            keep(answers, MOST_ANSWERS, key, { key, part, answer })
        })
        return known
      },
      /**
       * Words from this many texts are about to be stored. Until the result is called, after the commit,
       * answers that these words change are not cached. A search that can see the words ends after the commit
       * began, so `isTrue` tells it that the answers were dropped here.
       */
      learning(words: ReadonlySet<string>, texts: number): () => void {
        more += texts
        if (more > MOST_MORE) forget()
        if (words.size === 0) return () => undefined
        const now = performance.now()
        for (const [each, at] of learning) if (now - at > LEARNING_MS) learning.delete(each)
        changes += 1
        learning.set(words, now)
        for (const [key, { part }] of answers) if (isIn(part, words)) answers.delete(key)
        return () => {
          changes += 1
          learning.delete(words)
        }
      },
    }
  },
)
