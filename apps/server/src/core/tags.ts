/** Validators of what was sent before (RFC 9110, sections 8.8 and 13.1). */

/** Tags of a list, each without the mark of a weak one: with `If-None-Match`, weak and strong ones are compared alike. */
const TAG = /(?:W\/)?("[^"]*")/g

/** Has the client what this tag stands for? `asked` is `If-None-Match`: a list of tags, weak ones among them, or `*` for anything that is there. */
export const isKnown = (asked: string | undefined, tag: string): boolean => {
  if (asked === undefined || asked === '') return false
  if (asked === tag || asked.trim() === '*') return true
  const strong = tag.replace(/^W\//, '')
  return [...asked.matchAll(TAG)].some(([, each]) => each === strong)
}
