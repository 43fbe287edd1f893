/**
 * Words as readers see them: letters and digits, and whatever else stands between them separates them. Text is taken apart here and nowhere else, for
 * the index, for queries and for what is highlighted: the database's own parser sees other words in addresses, code and quotes, and others again in each
 * locale.
 */
import { DOTS, foldedWithDots, spelledOut } from '../../../core/folding.ts'
import { type Pace, piecesOf } from './pace.ts'

/** Of what is longer, such as a key or a hash, this beginning is the word: in code units. */
const LONGEST_WORD = 64

const run = new RegExp(`[\\p{L}\\p{N}${DOTS}]+`, 'gu')

/** Scripts that put no space between words, or join particles to them. Each two signs of theirs that follow each other are a word. */
const dense =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Yi}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const isDense = new RegExp(`[${dense}]`, 'u')
const denseParts = new RegExp(`[${dense}]+|[^${dense}]+`, 'gu')
const isBeyondAscii = /\P{ASCII}/u
const asciiRun = /[a-z0-9]+/g

/** A word in its folded form; `spelledOut` is the same where it has no umlaut. A dense run is all of its signs. */
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

/** Linear in the length of the text. */
const eachRun = (text: string, visit: Visit): void => {
  for (const [word] of foldedWithDots(text).matchAll(run)) {
    if (!isBeyondAscii.test(word) || !isDense.test(word)) visitPlain(word, visit)
    else
      for (const part of word.match(denseParts) ?? [])
        if (isDense.test(part)) visit(part, part, true)
        else visitPlain(part, visit)
  }
}

/** A run of letters and digits in each form in which it may be in the index. */
export type Run = { forms: string[]; isDense: boolean }

export const runsOf = (text: string): Run[] => {
  const runs: Run[] = []
  eachRun(text, (form, spelled, isDenseRun) => {
    runs.push({ forms: form === spelled ? [form] : [form, spelled], isDense: isDenseRun })
  })
  return runs
}

/** A word of the index, with its place in the text it was looked for by. */
export type Word = {
  forms: string[]
  at: number
  /** Is it one sign of a dense script, with which words of the index begin? */
  isBeginning: boolean
}

/** The words of what somebody looks for. */
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

/** PostgreSQL knows so many places in a text, and so many of one word. What is beyond is found, but not in phrases. */
const MOST_PLACES = 16_383
const MOST_PLACES_OF_WORD = 255

/** PostgreSQL takes a megabyte of lexemes and places. Each word may have two stems beside itself. */
const MOST_BYTES = 1_000_000
const BYTES_BESIDE = 8

/** What the index keeps of a text. */
export type Indexable = {
  /** Its words with their places, as PostgreSQL reads a `tsvector`. */
  vector: string
  /** Those that parts of words lead to: all but those of dense scripts. */
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
    // The last sign stands alone, so that each sign is the beginning of a word.
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

/** Takes a text apart for the index, in several turns of the event loop where it is long. */
export const indexableOf = async (text: string, pace: Pace): Promise<Indexable> => {
  const collected = collecting()
  for (const piece of piecesOf(text)) {
    collected.read(piece)
    await pace(piece.length)
  }
  return collected.result()
}
