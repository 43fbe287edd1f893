/** The form of a text in which it is compared: what somebody looks for and what is there both go through this. */

const isBeyondAscii = /\P{ASCII}/u

/** Stands behind a letter that had an umlaut's dots. A sign for private use, so no text that is read has it. */
export const DOTS = '\uE000'

/** Signs that nobody sees inside a word. U+200B is none of them: it separates words. */
const invisible = /[\p{Cf}\uE000](?<!\u200B)/gu

/** Apostrophes that count as letters in some alphabet; readers see the same sign as in all others. */
const apostrophes = /[\u02B9-\u02BF\u02C8\u02EE\uA78B\uA78C]/g

/** Marks above and below letters; those of kana make other letters of them. */
const marks = /[^\P{M}\u3099\u309A]+/gu

/** Letters that no decomposition takes apart. The database folds names by the same list (`folded` in its schema). */
const plain: Record<string, string> = {
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
}
const isPlain = new RegExp(`[${Object.keys(plain).join('')}]`, 'g')

/** Small letters without accents, with `DOTS` behind each letter of an umlaut. Linear in the length of the text. */
export const foldedWithDots = (text: string): string => {
  if (!isBeyondAscii.test(text)) return text.toLowerCase()
  const folded = text
    .replaceAll(invisible, '')
    .replaceAll(apostrophes, "'")
    .normalize('NFKD')
    .replaceAll(/(?<=[aouAOU])\u0308/g, DOTS)
    .replaceAll(marks, '')
    .toLowerCase()
    .replaceAll(isPlain, (letter) => plain[letter] ?? letter)
  // Syllables of Hangul and kana with their marks are one letter again.
  return /[\u1100-\u11FF\u3099\u309A]/.test(folded) ? folded.normalize('NFC') : folded
}

const withoutDots = (text: string): string => text.replaceAll(DOTS, '')

/** Umlauts as people write them without a German keyboard, of a text with `DOTS`. */
export const spelledOut = (text: string): string => text.replaceAll(DOTS, 'e')

/** What somebody typed of a name, in each form in which `name_forms` of the schema may have it. */
export const nameForms = (term: string): string[] => {
  const withDots = foldedWithDots(term)
  return [...new Set([withoutDots(withDots), spelledOut(withDots)])]
}

/** Small letters without accents; ß is ss. */
export const folded = (text: string): string => withoutDots(foldedWithDots(text))
