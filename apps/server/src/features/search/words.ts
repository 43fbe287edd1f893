/** Words in the forms in which they are indexed and looked for. */

const isBeyondAscii = /\P{ASCII}/u

/** Small letters without accents; ß is ss. Both sides of a comparison go through this. Most words have nothing to take off. */
export const folded = (text: string): string => {
  if (!isBeyondAscii.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}

const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }

/** Longer ones are no words, and the vocabulary takes none of them. */
const LONGEST_WORD = 64

/** The words of a text. Split first and looked at then: a pattern that does both takes the square of a long run of letters. */
export const wordsIn = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length <= LONGEST_WORD)

/** The words of a text that have umlauts, as people write them without a German keyboard. */
export const spelledOutWords = (text: string): string => {
  if (!isBeyondAscii.test(text)) return ''
  return wordsIn(text.normalize('NFC').toLowerCase())
    .filter((word) => /[äöü]/.test(word))
    .map((word) => folded(word.replaceAll(/[äöü]/g, (letter) => spelledOut[letter] ?? letter)))
    .join(' ')
}

/** A word that is looked for, in each form in which it may have been written. */
export const formsOf = (word: string): string[] => {
  const form = folded(word)
  if (!isBeyondAscii.test(word)) return form === '' ? [] : [form]
  return [...new Set([form, spelledOutWords(word)].filter((each) => each !== ''))]
}
