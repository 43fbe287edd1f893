/** Parses what a person typed into the search. Source: protocol, semantics 16. */

/** A word, a "phrase", a prefix (`word*`) or a #hashtag. */
export type Term = { kind: 'word' | 'phrase' | 'beginning' | 'hashtag'; text: string; isExcluded: boolean }

/** One value of from:, in: or ext:, or a time span in milliseconds, without its end. */
export type Filter =
  | { kind: 'from' | 'in' | 'ext'; value: string; isExcluded: boolean }
  | { kind: 'time'; from: number; to: number; isExcluded: boolean }

export type Query = { terms: Term[]; filters: Filter[] }

const MOST_TERMS = 50
const DAY_MS = 86_400_000

const names = new Map([
  ['from', 'from'],
  ['in', 'in'],
  ['channel', 'in'],
  ['ext', 'ext'],
  ['before', 'before'],
  ['after', 'after'],
  ['on', 'on'],
] as const)

type Name = typeof names extends Map<string, infer N> ? N : never

/** The first millisecond of a day, yyyy-m-d, in the searcher's time zone; NaN if there is no such day. */
const beginOf = (text: string, offsetSeconds: number): number => {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? []
  const date = new Date(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
  return isReal ? date.getTime() - offsetSeconds * 1000 : Number.NaN
}

const spanOf = (name: 'before' | 'after' | 'on', begin: number): { from: number; to: number } => {
  if (name === 'before') return { from: 0, to: begin }
  return {
    from: name === 'on' ? begin : begin + DAY_MS,
    to: name === 'on' ? begin + DAY_MS : Number.MAX_SAFE_INTEGER,
  }
}

const filterOf = (name: Name, value: string, isExcluded: boolean, offset: number): Filter[] => {
  if (name === 'before' || name === 'after' || name === 'on') {
    const begin = beginOf(value, offset)
    // A date that does not exist matches no post, because any other span would be a guess.
    return [{ kind: 'time', ...(Number.isNaN(begin) ? { from: 0, to: 0 } : spanOf(name, begin)), isExcluded }]
  }
  return value
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^[~@]/, (sign) => (name === 'in' && sign === '@' ? '@' : ''))
        .toLowerCase(),
    )
    .filter((each) => each !== '')
    .map((each) => ({ kind: name, value: each, isExcluded }))
}

const isPunctuation = /^[^\p{L}\p{N}#_]+|[^\p{L}\p{N}_*]+$/gu

const termOf = (raw: string, isExcluded: boolean): Term[] => {
  const text = raw.replaceAll(isPunctuation, '')
  if (/^#[\p{L}\p{N}]/u.test(text)) return [{ kind: 'hashtag', text: text.replace(/\*+$/, ''), isExcluded }]
  const bare = text.replaceAll(/^[^\p{L}\p{N}_]+|\*+$/gu, '')
  if (bare === '') return []
  return [{ kind: text.endsWith('*') ? 'beginning' : 'word', text: bare, isExcluded }]
}

const pieces = /(-?)"([^"]*)"|(\S+)/g

/** Quotation marks that people or their keyboards use, in any language. */
const quotes = /[“”„‟«»〝〞〟＂「」『』]/g

/**
 * Splits the terms. `offset` is that of the searcher's time zone in seconds. Terms after the fiftieth are
 * ignored.
 */
export const parse = (terms: string, offset: number): Query => {
  const query: Query = { terms: [], filters: [] }
  let waiting: { name: Name; isExcluded: boolean } | undefined
  for (const [, minus = '', phrase, word = ''] of terms.replaceAll(quotes, '"').matchAll(pieces)) {
    if (waiting) {
      query.filters.push(...filterOf(waiting.name, phrase ?? word, waiting.isExcluded, offset))
      waiting = undefined
      continue
    }
    if (phrase !== undefined) {
      if (phrase.trim() !== '') query.terms.push({ kind: 'phrase', text: phrase, isExcluded: minus === '-' })
      continue
    }
    const isExcluded = /^-\S/.test(word)
    const bare = isExcluded ? word.slice(1) : word
    const [, flag = '', value = ''] = /^([a-z]+):(.*)$/i.exec(bare) ?? []
    const name = names.get(flag.toLowerCase() as Name)
    if (name === undefined) query.terms.push(...termOf(bare, isExcluded))
    else if (value === '') waiting = { name, isExcluded }
    else query.filters.push(...filterOf(name, value.replaceAll('"', ''), isExcluded, offset))
  }
  return { terms: query.terms.slice(0, MOST_TERMS), filters: query.filters.slice(0, MOST_TERMS) }
}
