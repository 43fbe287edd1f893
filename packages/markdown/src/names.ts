/** Where a text names somebody: what is shown as a mention and what calls people are the same places. */

/** An address of mail, whose second half is nobody's name. Linear: its first half is bounded. */
export const EMAIL =
  '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}_%+-][\\p{L}\\p{N}._%+-]{0,63}@[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9-]*[a-z0-9])+'
const email = new RegExp(EMAIL, 'giu')

const word = /[\p{L}\p{N}:._@-]+/gu
const LEADING = /^[:._-]+/
const INNER = /[.:-]+/g

/**
 * All matches. `matchAll` makes a pattern of its own each time, and a message may have eight thousand pieces
 * to look at.
 */
const allOf = (pattern: RegExp, text: string): RegExpExecArray[] => {
  const found: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push(match)
  return found
}

/** A piece of a text that begins with @. It ends where the word ends, with the punctuation at its end. */
export type Named = { at: number; text: string }

/**
 * Pieces of one word. A name stands at its beginning, or behind punctuation inside; where it is at the
 * beginning it takes the whole word.
 */
const namesInWord = (text: string): Named[] => {
  if (!text.includes('@') || (text.startsWith(':') && text.endsWith(':'))) return []
  const begin = LEADING.exec(text)?.[0].length ?? 0
  if (text[begin] === '@') return [{ at: begin, text: text.slice(begin) }]
  const names: Named[] = []
  let from = 0
  for (const { index, 0: signs } of [...allOf(INNER, text), { index: text.length, 0: '' }]) {
    if (text[from] === '@') names.push({ at: from, text: text.slice(from, index) })
    from = index + signs.length
  }
  return names
}

/** Every piece of `text` that could name somebody, in order. */
export const namesIn = (text: string): Named[] => {
  if (!text.includes('@')) return []
  const addresses = (text.includes('.') ? allOf(email, text) : []).map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
  let next = 0
  const isInAddress = (at: number) => {
    while ((addresses[next]?.to ?? Number.POSITIVE_INFINITY) <= at) next += 1
    return at >= (addresses[next]?.from ?? Number.POSITIVE_INFINITY)
  }
  return allOf(word, text)
    .flatMap(({ index, 0: found }) => namesInWord(found).map((name) => ({ ...name, at: index + name.at })))
    .filter(({ at }) => !isInAddress(at))
}
