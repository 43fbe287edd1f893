/** For which of its words a post was found: clients highlight them. */
import { DOTS, foldedWithDots, spelledOut } from '../../../core/folding.ts'
import { paced } from './pace.ts'
import type { Query } from './query.ts'
import { runsOf } from './words.ts'

type Needle = { form: string; isDense: boolean }

/** What of the terms is looked for in words: the beginning of each, so that inflected forms are found. */
const needlesOf = ({ terms }: Query): Needle[] =>
  terms
    .filter((term) => !term.isExcluded)
    .flatMap(({ text }) => runsOf(text))
    .flatMap(({ forms, isDense }) =>
      forms.map((form) => ({ form: isDense ? form : form.slice(0, Math.max(4, form.length - 2)), isDense })),
    )

const MOST_LOOKED_AT = 500
const MOST_MATCHES = 50
/** What is longer is no word to highlight. */
const LONGEST_MATCH = 256

/** To fold one word after the other takes several times what it takes to fold them in one piece. */
const DEARER = 5

/** A word as it is written, with what nobody sees in it. U+200B separates words. */
const written = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|(?!\u200B)\p{Cf})*/gu

/** What of a word a needle stands for, as it is written; '' if nothing. */
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

/** The words of a text for which it was found; of a long text only its beginning is looked at. */
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

/** By the ids of posts, in several turns of the event loop where they are long. */
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
