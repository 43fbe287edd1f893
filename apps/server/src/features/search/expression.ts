/**
 * Terms as an expression of PostgreSQL's text search. It is put together from fixed pieces; everything that somebody typed is a parameter.
 */
import type { Term } from './query.ts'
import { folded, formsOf } from './words.ts'

/** Numbers parameters, and collects their values. */
export type Parameters = (value: unknown) => string

const quoted = (lexeme: string) => `'${lexeme.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`

const stems = (parameter: string) =>
  `(plainto_tsquery('simple', ${parameter}) || plainto_tsquery('german', ${parameter}) || plainto_tsquery('english', ${parameter}))`

/** `within` has, for a word, the words of the vocabulary that it is a part of. */
const ofWord = (text: string, add: Parameters, within: ReadonlyMap<string, readonly string[]>): string => {
  const lexemes = (within.get(text) ?? []).map(quoted)
  const parts = formsOf(text).map((form) => stems(add(form)))
  return `(${[...parts, ...(lexemes.length > 0 ? [`${add(lexemes.join(' | '))}::tsquery`] : [])].join(' || ')})`
}

const ofTerm = (term: Term, add: Parameters, within: ReadonlyMap<string, readonly string[]>): string => {
  switch (term.kind) {
    case 'word':
      // What is excluded is the word itself, not everything that has it somewhere inside.
      return ofWord(term.text, add, term.isExcluded ? new Map() : within)
    case 'phrase':
      return `phraseto_tsquery('simple', ${add(folded(term.text))})`
    case 'beginning':
      return `${add(
        formsOf(term.text)
          .map((form) => `${quoted(form)}:*`)
          .join(' | '),
      )}::tsquery`
    case 'hashtag':
      return `${add(quoted(folded(term.text)))}::tsquery`
  }
}

/** The expression of all terms, joined by "and" or "or"; undefined where there are none. What is excluded is so in both. */
export const expressionOf = (
  terms: readonly Term[],
  isOr: boolean,
  add: Parameters,
  within: ReadonlyMap<string, readonly string[]>,
): string | undefined => {
  const wanted = terms.filter((term) => !term.isExcluded).map((term) => ofTerm(term, add, within))
  const unwanted = terms.filter((term) => term.isExcluded).map((term) => `!!${ofTerm(term, add, within)}`)
  const all = [...(wanted.length > 0 ? [`(${wanted.join(isOr ? ' || ' : ' && ')})`] : []), ...unwanted]
  return all.length > 0 ? all.join(' && ') : undefined
}
