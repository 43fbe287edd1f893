/** Which words of a message may mention somebody. The rules are v4's (protocol: semantics, section 13). */
import { namesIn } from './names.ts'
import { recently } from './recent.ts'
import { visibleTexts } from './visible-text.ts'

export type MentionWords = {
  /** Candidates in lower case, '@name' forms included and first; each once, at most 1,000. */
  words: string[]
  /** The same candidates as typed, because first names must match exactly. */
  exact: string[]
  /**
   * Lower-case names, of which only the first that exists counts: for "@ana.", the account "ana." before the
   * account "ana". Lists only names with several readings.
   */
  readings: string[][]
  /** Which of @channel, @all and @here occur. */
  wide: { channel: boolean; all: boolean; here: boolean }
  /** The text that was searched, in lower case: keywords with characters beyond ASCII match inside words. */
  text: string
}

const MOST_WORDS = 1000
/** Usernames have at most 64 characters; longer words are nobody's keyword. */
const LONGEST_WORD = 128

const NOT_IN_A_WORD = /[^\p{L}\p{N}:._@-]+/u
const LEADING = /^[:._-]+/
const INNER = /[.:-]+/
/** A word without any of these has only one reading, itself. */
const HAS_MARKS = /[:._@-]/

/**
 * The readings of a name at the end of a sentence, longest first: "ana_.", "ana_", "ana" for "ana_.".
 * Usernames may end in these characters, so only a lookup of the accounts tells which one is meant.
 */
export const nameAlternatives = (name: string): string[] => {
  const all = [name]
  let end = name.length
  while (end > 1 && /[._:-]/.test(name[end - 1] ?? '')) all.push(name.slice(0, --end))
  return all
}

/** A word without the punctuation at its end, in each of its readings, for any amount of punctuation. */
const readingsIn = (word: string): string[] => {
  let end = word.length
  while (end > LONGEST_WORD && /[._:-]/.test(word[end - 1] ?? '')) end--
  if (end === 0) return []
  return nameAlternatives(word.slice(0, end)).filter(
    (reading) => reading !== '' && reading !== '@' && reading.length <= LONGEST_WORD,
  )
}

/**
 * Readings of a word that names nobody; its parts may be keywords. A part may end in a character that ends an
 * emphasis.
 */
const plainReadings = (word: string): string[] => {
  if (word.startsWith(':') && word.endsWith(':')) return []
  const trimmed = word.replace(LEADING, '')
  if (trimmed.startsWith('@')) return []
  const parts = INNER.test(trimmed) ? trimmed.split(INNER) : []
  return [trimmed, ...parts].filter((part) => !part.startsWith('@')).flatMap(readingsIn)
}

/**
 * Finds every word of `message` that could be a mention. Pure, and linear in the length of the message, so
 * that it can run for every post. Code, link targets and `:emoji:` do not count. The caller finds out which
 * candidates are somebody's keyword.
 */
export const mentionWords: (message: string) => MentionWords = recently((message) => {
  const texts = visibleTexts(message)
  const named = new Set<string>()
  const plain = new Set<string>()
  const readings: string[][] = []
  const wide = { channel: false, all: false, here: false }
  for (const text of texts) {
    for (const name of namesIn(text)) {
      if (named.size >= MOST_WORDS) break
      const found = readingsIn(name.text)
      if (found.length > 1 && !named.has(found[0] ?? ''))
        readings.push(found.map((reading) => reading.toLowerCase()))
      for (const reading of found) named.add(reading)
    }
    for (const word of text.split(NOT_IN_A_WORD)) {
      if (plain.size >= MOST_WORDS) break
      if (HAS_MARKS.test(word)) for (const reading of plainReadings(word)) plain.add(reading)
      else if (word !== '' && word.length <= LONGEST_WORD) plain.add(word)
    }
  }
  for (const name of named) {
    const lower = name.toLowerCase()
    if (lower === '@channel') wide.channel = true
    else if (lower === '@all') wide.all = true
    else if (lower === '@here') wide.here = true
  }
  const exact = [...named, ...plain].slice(0, MOST_WORDS)
  const words = [...new Set(exact.map((word) => word.toLowerCase()))]
  return { words, exact, readings, wide, text: texts.join('\n').toLowerCase() }
})
