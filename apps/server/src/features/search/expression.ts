/**
 * Terms as an expression of PostgreSQL's text search, and in what share of the posts it may be found. What somebody typed comes into it as
 * PostgreSQL itself took it apart, or quoted.
 */
import { literal } from '../../core/db.ts'
import type { Term } from './query.ts'
import type { Answer, Probe } from './vocabulary-store.ts'
import { folded, formsOf } from './words.ts'

export const quoted = (lexeme: string) => `'${lexeme.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`

/** Four letters are found anywhere inside longer words; three must be their beginning. */
const patternOf = (form: string): string | null => {
  if (form.length < 3) return null
  return form.length > 3 ? `%${literal(form)}%` : `${literal(form)}%`
}

const probesOfTerm = ({ kind, text, isExcluded }: Term): Probe[] => {
  switch (kind) {
    case 'word':
      // What is excluded is the word itself, not everything that has it somewhere inside.
      return formsOf(text).map((form) => ({
        kind,
        text: form,
        pattern: isExcluded ? null : patternOf(form),
      }))
    case 'beginning':
      return formsOf(text).map((form) => ({ kind, text: form, pattern: null }))
    case 'phrase':
    case 'hashtag':
      return [{ kind, text: folded(text), pattern: null }]
  }
}

/** What must be asked about the terms. */
export const probesOf = (terms: readonly Term[]): Probe[] => terms.flatMap(probesOfTerm)

/** `share` is that of the posts it is expected in, `listed` that of all its words together; `operands` is how many words a post is compared with. */
type Expression = { text: string; share: number; listed: number; operands: number }

const joined = (texts: readonly string[], sign: '&' | '|'): string => {
  const all = texts.filter((text) => text !== '')
  return all.length > 1 ? `(${all.join(` ${sign} `)})` : (all[0] ?? '')
}

const product = (numbers: readonly number[]) => numbers.reduce((result, each) => result * each, 1)
const sum = (numbers: readonly number[]) => numbers.reduce((result, each) => result + each, 0)

const ofProbe = ({ kind, text }: Probe, { queries, words, counts }: Answer, sampled: number): Expression => {
  const shares = counts.map((count) => Math.min(1, count / Math.max(1, sampled)))
  const listed = sum(shares)
  const share = kind === 'phrase' ? product(shares) : listed
  if (kind === 'beginning') return { text: `${quoted(text)}:*`, share, listed, operands: 1 }
  if (kind === 'hashtag') return { text: quoted(text), share, listed, operands: 1 }
  const texts = [...new Set([...queries, ...words.map(quoted)])].map((each) =>
    each === '' ? '' : `(${each})`,
  )
  return { text: joined(texts, '|'), share, listed, operands: texts.length }
}

/** All of them, or any. */
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
 * The expression of all terms, joined by "and" or "or"; what is excluded is so in both. Its text is '' where no term has a word in it; without
 * `isWanted` it only excludes.
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
      ofProbe(probe, forms[n] ?? { queries: [], words: [], counts: [] }, sampled),
    )
    return { term, expression: together(found, '|') }
  })
  const of = (isExcluded: boolean) =>
    each.filter(({ term }) => term.isExcluded === isExcluded).map(({ expression }) => expression)
  // The index goes through the posts with the rarest word and compares in this order: the most frequent one rules most out (740 µs; 950 the other way).
  const byShare = of(false).toSorted((a, b) => b.share - a.share)
  const wanted = together(byShare, isOr ? '|' : '&')
  const unwanted = of(true).map((each) => ({
    ...each,
    text: each.text === '' ? '' : `!(${each.text})`,
    share: 1,
  }))
  return { ...together([wanted, ...unwanted], '&'), isWanted: wanted.text !== '' }
}
