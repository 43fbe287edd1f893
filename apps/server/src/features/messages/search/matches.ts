/** Finds the words for which a post was found; clients highlight them. */
import { DOTS, foldedWithDots, spelledOut } from '../../../core/folding.ts'
import { paced } from './pace.ts'
import type { Query } from './query.ts'
import { runsOf } from './words.ts'

type Needle = { form: string; isDense: boolean }

/** The strings to look for in words: the beginning of each term, so that inflected forms match. */
const needlesOf = ({ terms }: Query): Needle[] =>
  terms
    .filter((term) => !term.isExcluded)
    .flatMap(({ text }) => runsOf(text))
    .flatMap(({ forms, isDense }) =>
      forms.map((form) => ({ form: isDense ? form : form.slice(0, Math.max(4, form.length - 2)), isDense })),
    )

const MOST_LOOKED_AT = 500
const MOST_MATCHES = 50
/** A longer word is not highlighted. */
const LONGEST_MATCH = 256

/** How much more it costs to fold words one by one than to fold them in one piece. */
const DEARER = 5

/** A word as it is written, with invisible characters. U+200B separates words. */
const written = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|(?!\u200B)\p{Cf})*/gu

/** The part of a word that a needle matches, as it is written; '' if none does. */
const partOf = (word: string, needles: readonly Needle[]): string => {
  const withDots = foldedWithDots(word)
  const forms = withDots.includes(DOTS) ? [withDots.replaceAll(DOTS, ''), spelledOut(withDots)] : [withDots]
  for (const { form, isDense } of needles) {
    const found = forms.find((each) => each.includes(form))
    if (found === undefined) continue
    if (!isDense) return word.length <= LONGEST_MATCH ? word : ''
    const at = found.indexOf(form)
    return found.length === word.length ? word.slice(at, at + form.length) : form
  }
  return ''
}

/** The words of a text for which it was found. In a long text only the beginning is examined. */
const matchesIn = (message: string, needles: readonly Needle[]): { matches: string[]; looked: number } => {
  const matches = new Set<string>()
  const known = new Set<string>()
  let count = 0
  let looked = 0
  for (const [word] of message.matchAll(written)) {
    count += 1
    if (count > MOST_LOOKED_AT || matches.size === MOST_MATCHES) break
    looked += word.length
    if (known.has(word)) continue
    known.add(word)
    const part = partOf(word, needles)
    if (part !== '') matches.add(part)
  }
  return { matches: [...matches], looked }
}

/** The matches by post id. Long texts take several turns of the event loop. */
export const matchesOf = async (
  posts: readonly { id: string; message: string }[],
  query: Query,
): Promise<Record<string, string[]>> => {
  const needles = needlesOf(query)
  const pace = paced()
  const all: Record<string, string[]> = {}
  for (const { id, message } of posts) {
    const { matches, looked } = matchesIn(message, needles)
    all[id] = matches
    await pace(looked * DEARER)
  }
  return all
}
