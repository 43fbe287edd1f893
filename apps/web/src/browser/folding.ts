/** Compares names as the server's search does: without accents, umlauts also spelled out. */

/** With `isSpelledOut` umlauts become "ae", "oe", "ue". */
const folded = (text: string, isSpelledOut: boolean): string =>
  text
    .normalize('NFD')
    .replaceAll(/(?<=[aouAOU])\u0308/g, isSpelledOut ? 'e' : '')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')

const IS_PLAIN = /^[\x20-\x7e]*$/

/** The forms of a word that may be typed or stored. */
export const formsOf = (text: string): string[] => {
  if (IS_PLAIN.test(text)) return [text.toLowerCase()]
  return [...new Set([folded(text, false), folded(text, true)])]
}
