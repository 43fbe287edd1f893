/**
 * Finds the places where a text names somebody: clients show them as mentions, and the server notifies these
 * people.
 */

/**
 * An e-mail address, whose second half is nobody's name. Takes linear time, because the length of the first
 * half is limited.
 */
export const EMAIL =
  '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}_%+-][\\p{L}\\p{N}._%+-]{0,63}@[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9-]*[a-z0-9])+'
const email = new RegExp(EMAIL, 'giu')

const word = /[\p{L}\p{N}:._@-]+/gu
const LEADING = /^[:._-]+/
const INNER = /[.:-]+/g

/**
 * All matches. `matchAll` would compile a new pattern for each call, and a message may have eight thousand
 * pieces to search.
 */
const allOf = (pattern: RegExp, text: string): RegExpExecArray[] => {
  const found: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push(match)
  return found
}

/** A piece of text that begins with @. It ends with the word, including the punctuation at its end. */
export type Named = { at: number; text: string }

/**
 * The named pieces of one word. A name is at the beginning of the word, where it takes the whole word, or
 * after punctuation inside it.
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
