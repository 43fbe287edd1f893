/**
 * Marks words in rendered text without changing it (the CSS Custom Highlight API). Browsers without it show
 * the text unmarked.
 */

/** The name that style sheets use: `::highlight(found)`. */
const NAME = 'found'

/** As the server compares words: lower case, without accents. Keeps the length, so that offsets stay right. */
const folded = (text: string): string =>
  [...text.toLowerCase()]
    .map((letter) => {
      const plain = letter.normalize('NFD').replaceAll(/\p{M}/gu, '')
      return plain.length === letter.length ? plain : letter
    })
    .join('')

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)

/** Where words occur in a text; at the beginning of words only, unless they have four letters or more. */
export const placesOf = (text: string, words: readonly string[]): [from: number, to: number][] => {
  const plain = folded(text)
  if (plain.length !== text.length) return []
  return words.flatMap((word) => {
    const wanted = folded(word)
    const found: [number, number][] = []
    for (
      let at = plain.indexOf(wanted);
      at >= 0 && wanted !== '';
      at = plain.indexOf(wanted, at + wanted.length)
    )
      if (wanted.length > 3 || !isLetter(plain[at - 1])) found.push([at, at + wanted.length])
    return found
  })
}

/** Marks words below an element; returns a function that takes the marks away. */
export const highlight = (root: Element, words: readonly string[]): (() => void) => {
  if (!('highlights' in CSS) || words.length === 0) return () => undefined
  const all = CSS.highlights.get(NAME) ?? new Highlight()
  CSS.highlights.set(NAME, all)
  const ranges: Range[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [from, to] of placesOf(node.textContent ?? '', words)) {
      const range = new Range()
      range.setStart(node, from)
      range.setEnd(node, to)
      ranges.push(range)
      all.add(range)
    }
  }
  return () => {
    for (const range of ranges) all.delete(range)
  }
}
