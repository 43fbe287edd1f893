/**
 * What searches asked of the vocabulary lately. It is most of what a search of a rare word takes, and people
 * ask for the next page, and for words that others ask for. How frequent words are is an estimate and may be
 * old; in which longer words one stands must be true, so that is forgotten before a word that changes it can
 * be seen.
 */
import { perServer } from '../../../core/server.ts'
import type { Answer, Known, Probe } from './vocabulary-store.ts'

/** Some hundred kilobytes; half a dozen megabytes where each has a hundred of the longest words. */
const MOST_ANSWERS = 500
const MOST_PEOPLE = 2000
/** Of what is longer, nobody else asks for the same. */
const LONGEST_TEXT = 64

/** Estimates are believed for so long, and until so many more posts are indexed. */
const BELIEVED_MS = 300_000
const MOST_MORE = 2000

/** Of more words at once it is not looked which answers they change: all are forgotten. */
const MOST_WORDS = 200

/** No transaction takes longer, so a word that was being learnt is either there or will be learnt again. */
const LEARNING_MS = 300_000

type Estimates = Pick<Known, 'sampled' | 'blocks'>
type Reach = Pick<Known, 'places' | 'in_places'>
/** `part` is what a word must have in it to change the answer; null if none can. */
type Remembered = { key: string; part: string | null; answer: Answer }

export type Recalled = {
  known: Omit<Known, 'is_waiting' | 'by_people'>
  /** Asked when the posts have been read: could they have words that the answers do not know of? */
  isTrue(): boolean
}

const keyOf = ({ kind, text, pattern }: Probe): string => `${kind} ${pattern ?? ''} ${text}`

/**
 * Words are letters and digits, so what else stands in a pattern matches none. Rather too often than not
 * often enough.
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
  'what searches asked of the vocabulary',
  'forgotten when this server learns a word, and not used beside other servers',
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
      /** Everything that a search of these words must know, if all of it is remembered. */
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
      /** Asks, and remembers the answer, if nothing has changed meanwhile. */
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
       * Words are about to be learnt from so many texts: till the result is called, which is when they are
       * committed, what they change is not remembered. A search that can see them ends after the commit
       * began, and so hears from `isTrue` that they were forgotten here.
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
