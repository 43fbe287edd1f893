/** Reads mail addresses from what people paste: lines, commas, semicolons, "Ada <ada@example.org>". */

export type Addresses = { good: readonly string[]; bad: readonly string[] }

const FORM = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:.]+$/

/** Each address once, in lower case, in the order in which they came. */
export const addressesIn = (text: string): Addresses => {
  const inBrackets = text.replace(/"[^"]*"/g, '').replace(/[^,;\n<]*<([^<>]*)>/g, ' $1 ')
  const words = inBrackets.split(/[\s,;]+/).filter((word) => word !== '')
  const all = [...new Set(words.map((word) => word.toLowerCase()))]
  return { good: all.filter((each) => FORM.test(each)), bad: all.filter((each) => !FORM.test(each)) }
}
