/** Words in the forms in which they are indexed and looked for. */

/** Small letters without accents; ß is ss. Both sides of a comparison go through this. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')

const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }

/** The words of a text that have umlauts, as people write them without a German keyboard. */
export const spelledOutWords = (text: string): string =>
  (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]*[äöü][\p{L}\p{N}]*/gu) ?? []
  )
    .map((word) => folded(word.replaceAll(/[äöü]/g, (letter) => spelledOut[letter] ?? letter)))
    .join(' ')

/** A word that is looked for, in each form in which it may have been written. */
export const formsOf = (word: string): string[] => [
  ...new Set([folded(word), spelledOutWords(word)].filter((form) => form !== '')),
]
