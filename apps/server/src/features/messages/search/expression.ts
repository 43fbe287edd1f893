/**
 * Builds an expression of PostgreSQL's text search from the terms, and estimates the share of posts that
 * match it. What a person typed is split into words and quoted.
 */
import { literal } from '../../../core/db.ts'
import { folded } from '../../../core/folding.ts'
import type { Term } from './query.ts'
import type { Answer, Probe } from './vocabulary-store.ts'
import { type Word, wordsOf } from './words.ts'

export const quoted = (lexeme: string) => `'${lexeme.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`

const SHORTEST_BEGINNING = 3

/** The most completions of the last word that a phrase is tried with, shortest first. */
const MOST_ENDINGS = 20

/** Four letters or more match anywhere inside longer words; three match only their beginning. */
const patternOf = (form: string): string | null => {
  if (form.length < SHORTEST_BEGINNING) return null
  return form.length > 3 ? `%${literal(form)}%` : `${literal(form)}%`
}

/** Several words in order. A word that readers see as several ones (`max_file_size`) is a phrase, too. */
const isPhrase = ({ kind }: Term, words: readonly Word[]): boolean =>
  kind !== 'hashtag' && (kind === 'phrase' || words.length > 1)

const probesOfTerm = (term: Term): Probe[] => {
  const { kind, text, isExcluded } = term
  if (kind === 'hashtag') return [{ kind: 'exact', text: folded(text), pattern: null }]
  const words = wordsOf(text)
  const [first] = words
  if (first === undefined) return []
  if (isPhrase(term, words))
    return [
      {
        kind: 'phrase',
        text: words.map(({ forms }) => forms[0]).join(' '),
        pattern: endingOf(term, words),
      },
    ]
  return first.forms.map((form) =>
    kind === 'beginning' || first.isBeginning
      ? { kind: 'beginning', text: form, pattern: null }
      : // An excluded word excludes only itself, not words that contain it.
        { kind: 'word', text: form, pattern: isExcluded ? null : patternOf(form) },
  )
}

const inOrder = (words: readonly Word[]): string =>
  words
    .map((word, n) => {
      const before = words[n - 1]
      const forms = word.forms.map((form) => `${quoted(form)}${word.isBeginning ? ':*' : ''}`)
      return `${before ? ` <${word.at - before.at}> ` : ''}${joined(forms, '|')}`
    })
    .join('')

/**
 * The words one after the other, or all but the last one followed by one of `endings`. Each ending is a
 * separate alternative, not a prefix: a prefix also matches stems, which have no positions, and then
 * PostgreSQL cannot tell where that part of the phrase is.
 */
const phraseOf = ({ text }: Term, endings: readonly string[]): string => {
  const words = wordsOf(text)
  const ended = endings.map((ending) =>
    words.map((word, n) => (n === words.length - 1 ? { ...word, forms: [ending] } : word)),
  )
  return [words, ...ended].map((each) => `(${inOrder(each)})`).join(' | ')
}

/**
 * The pattern for completions of the last word of a phrase, for an identifier that the person is still
 * typing.
 */
const endingOf = ({ kind, isExcluded }: Term, words: readonly Word[]): string | null => {
  const [form = ''] = words.at(-1)?.forms ?? []
  const isOpen = kind === 'beginning' || (kind === 'word' && !isExcluded && form.length >= SHORTEST_BEGINNING)
  return isOpen ? `${literal(form)}_%` : null
}

/** The questions that a search must ask about its terms. */
export const probesOf = (terms: readonly Term[]): Probe[] => terms.flatMap(probesOfTerm)

/**
 * `share` is the expected share of posts that match, `listed` the sum of the shares of all words; `operands`
 * is the number of words that a post is compared with.
 */
type Expression = { text: string; share: number; listed: number; operands: number }

const joined = (texts: readonly string[], sign: '&' | '|'): string => {
  const all = texts.filter((text) => text !== '')
  return all.length > 1 ? `(${all.join(` ${sign} `)})` : (all[0] ?? '')
}

const product = (numbers: readonly number[]) => numbers.reduce((result, each) => result * each, 1)
const sum = (numbers: readonly number[]) => numbers.reduce((result, each) => result + each, 0)

const ofProbe = (
  term: Term,
  { kind, text }: Probe,
  { stems, words, counts }: Answer,
  sampled: number,
): Expression => {
  const shares = counts.map((count) => Math.min(1, count / Math.max(1, sampled)))
  const listed = sum(shares)
  if (kind === 'phrase')
    return {
      text: `(${phraseOf(term, words.slice(0, MOST_ENDINGS))})`,
      share: product(shares),
      listed,
      operands: stems.length,
    }
  if (kind === 'beginning') return { text: `${quoted(text)}:*`, share: listed, listed, operands: 1 }
  const texts = [...new Set([...stems, ...words])].map(quoted)
  return { text: joined(texts, '|'), share: listed, listed, operands: texts.length }
}

/** Combines expressions so that all must match, or any. */
const together = (all: readonly Expression[], sign: '&' | '|'): Expression => {
  const shares = all.filter(({ text }) => text !== '').map(({ share }) => Math.min(1, share))
  return {
    text: joined(
      all.map(({ text }) => text),
      sign,
    ),
    share: Math.min(1, sign === '&' ? product(shares) : sum(shares)),
    listed: sum(all.map(({ listed }) => listed)),
    operands: sum(all.map(({ operands }) => operands)),
  }
}

/**
 * The expression of all terms, joined by "and" or "or". Excluded terms are excluded in both cases. The text
 * is '' if no term has a word in it. Without `isWanted` it only excludes.
 */
export const expressionOf = (
  terms: readonly Term[],
  isOr: boolean,
  answers: readonly Answer[],
  sampled: number,
): Expression & { isWanted: boolean } => {
  const left = [...answers]
  const each = terms.map((term) => {
    const probes = probesOfTerm(term)
    const forms = left.splice(0, probes.length)
    const found = probes.map((probe, n) =>
      ofProbe(term, probe, forms[n] ?? { stems: [], words: [], counts: [] }, sampled),
    )
    return { term, expression: together(found, '|') }
  })
  const of = (isExcluded: boolean) =>
    each.filter(({ term }) => term.isExcluded === isExcluded).map(({ expression }) => expression)
  // The index walks through the posts with the rarest word and compares the other words in this order. The
  // most frequent one comes first because it excludes the most (740 µs; 950 the other way).
  const byShare = of(false).toSorted((a, b) => b.share - a.share)
  const wanted = together(byShare, isOr ? '|' : '&')
  const unwanted = of(true).map((each) => ({
    ...each,
    text: each.text === '' ? '' : `!(${each.text})`,
    share: 1,
  }))
  return { ...together([wanted, ...unwanted], '&'), isWanted: wanted.text !== '' }
}
