/**
 * Text like that of a laboratory's chat, the same in every run: words by Zipf's law, and three words of known
 * rarity for searches.
 */

/** mulberry32: small, fast, and good enough to shuffle words. */
export const randomOf = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Random = ReturnType<typeof randomOf>

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const SYLLABLES =
  'an be chi da er fo ga hei in ka lung me na or pu re schlu ta un ver we zi strom keit tron lab mess'.split(
    ' ',
  )

const vocabulary = (size: number): string[] => {
  const random = randomOf(7)
  const words = new Set<string>()
  while (words.size < size) {
    const length = 1 + Math.floor(random() * 4)
    words.add(Array.from({ length }, () => pick(random, SYLLABLES)).join(''))
  }
  return [...words]
}

const words = vocabulary(6000)

/** The n-th of so many words is 1/n as frequent as the first. */
const anyWord = (random: Random): string => words[Math.floor(words.length ** random()) - 1] ?? 'der'

/** Words for searches, and the share of messages that contain them. */
export const sought = { common: 'strahlzeit', second: 'detektor', rare: 'quenchschutz' }
const shares = { common: 0.1, second: 0.05, rare: 0.0002 }

/** A message of 3 to 30 words, about 90 bytes. */
export const sentence = (random: Random): string => {
  const length = 3 + Math.floor(random() ** 2 * 28)
  const all = Array.from({ length }, () => anyWord(random))
  if (random() < shares.common) all.push(sought.common)
  if (random() < shares.second) all.push(sought.second)
  if (random() < shares.rare) all.push(sought.rare)
  return all.join(' ')
}
