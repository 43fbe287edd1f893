/**
 * Splits text into words as readers see them: runs of letters and digits, separated by anything else. Only
 * this file does so, for the index, for queries and for highlighting. PostgreSQL's own parser finds other
 * words in addresses, code and quotes, and its result depends on the locale.
 */
import { DOTS, foldedWithDots, spelledOut } from '../../../core/folding.ts'
import { type Pace, piecesOf } from './pace.ts'

/** In code units. Only this much of a longer word, such as a key or a hash, is used. */
const LONGEST_WORD = 64

const run = new RegExp(`[\\p{L}\\p{N}${DOTS}]+`, 'gu')

/**
 * Scripts that put no spaces between words, or join particles to them. Each pair of adjacent characters
 * counts as a word.
 */
const dense =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Yi}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const isDense = new RegExp(`[${dense}]`, 'u')
const denseParts = new RegExp(`[${dense}]+|[^${dense}]+`, 'gu')
const isBeyondAscii = /\P{ASCII}/u
const asciiRun = /[a-z0-9]+/g

/**
 * Called with each word in its folded form. `spelledOut` is the same if the word has no umlaut. A dense run
 * comes as a whole.
 */
type Visit = (form: string, spelledOut: string, isDense: boolean) => void

const cut = (word: string): string => {
  if (word.length <= LONGEST_WORD) return word
  return word.slice(0, LONGEST_WORD).replace(/[\uD800-\uDBFF]$/, '')
}

const visitPlain = (word: string, visit: Visit) => {
  if (!word.includes(DOTS)) return visit(cut(word), cut(word), false)
  const form = cut(word.replaceAll(DOTS, ''))
  if (form !== '') visit(form, cut(spelledOut(word)), false)
}

/** Takes time linear in the length of the text. */
const eachRun = (text: string, visit: Visit): void => {
  for (const [word] of foldedWithDots(text).matchAll(run)) {
    if (!isBeyondAscii.test(word) || !isDense.test(word)) visitPlain(word, visit)
    else
      for (const part of word.match(denseParts) ?? [])
        if (isDense.test(part)) visit(part, part, true)
        else visitPlain(part, visit)
  }
}

/** A run of letters and digits, in each form that the index may contain. */
export type Run = { forms: string[]; isDense: boolean }

export const runsOf = (text: string): Run[] => {
  const runs: Run[] = []
  eachRun(text, (form, spelled, isDenseRun) => {
    runs.push({ forms: form === spelled ? [form] : [form, spelled], isDense: isDenseRun })
  })
  return runs
}

/** A word to look up in the index, with its position in the search terms. */
export type Word = {
  forms: string[]
  at: number
  /** Is it a single character of a dense script? Then it matches as a prefix. */
  isBeginning: boolean
}

/** The words of search terms. */
export const wordsOf = (text: string): Word[] => {
  const words: Word[] = []
  let at = 0
  for (const { forms, isDense } of runsOf(text)) {
    if (!isDense) {
      words.push({ forms, at, isBeginning: false })
      at += 1
      continue
    }
    const signs = [...(forms[0] ?? '')]
    for (let n = 0; n < Math.max(1, signs.length - 1); n += 1)
      words.push({
        forms: [`${signs[n]}${signs[n + 1] ?? ''}`],
        at: at + n,
        isBeginning: signs.length === 1,
      })
    at += signs.length
  }
  return words
}

/**
 * PostgreSQL limits the positions in a text, and those of one word. Words beyond these limits are found, but
 * not in phrases.
 */
const MOST_PLACES = 16_383
const MOST_PLACES_OF_WORD = 255

/** PostgreSQL stores a megabyte of lexemes and positions. Each word may have two stems in addition. */
const MOST_BYTES = 1_000_000
const BYTES_BESIDE = 8

/** What the index stores of a text. */
export type Indexable = {
  /** Its words with their positions, in the format of a `tsvector`. */
  vector: string
  /** Words for the vocabulary: all except those of dense scripts. */
  words: string[]
}

/** Collects the words of texts that are read one after the other. */
const collecting = () => {
  const places = new Map<string, number[]>()
  const words: string[] = []
  let at = 0
  let room = MOST_BYTES
  const add = (word: string, stems: number) => {
    let known = places.get(word)
    if (known === undefined) {
      room -= (stems + 1) * (Buffer.byteLength(word) + BYTES_BESIDE)
      if (room < 0) return
      known = []
      places.set(word, known)
      if (stems > 0) words.push(word)
    }
    if (at <= MOST_PLACES && known.length < MOST_PLACES_OF_WORD && known.at(-1) !== at) {
      room -= 2
      known.push(at)
    }
  }
  const visit: Visit = (form, spelled, isDenseRun) => {
    if (!isDenseRun) {
      at += 1
      add(form, 2)
      if (spelled !== form) add(spelled, 2)
      return
    }
    // The last character also stands alone, so that each character is the beginning of a word.
    let before = ''
    for (const sign of form) {
      if (before !== '') add(before + sign, 0)
      before = sign
      at += 1
    }
    add(before, 0)
  }
  return {
    read(text: string) {
      if (isBeyondAscii.test(text)) return eachRun(text, visit)
      for (const [word] of text.toLowerCase().matchAll(asciiRun)) {
        at += 1
        add(cut(word), 2)
      }
    },
    result(): Indexable {
      let vector = ''
      for (const [word, known] of places) vector += known.length > 0 ? `${word}:${known} ` : `${word} `
      return { vector, words }
    },
  }
}

/** Splits a text for the index. A long text takes several turns of the event loop. */
export const indexableOf = async (text: string, pace: Pace): Promise<Indexable> => {
  const collected = collecting()
  for (const piece of piecesOf(text)) {
    collected.read(piece)
    await pace(piece.length)
  }
  return collected.result()
}
