/** Validators of earlier replies (RFC 9110, sections 8.8 and 13.1). */

/** The tags of a list, without the weak prefix: `If-None-Match` compares weak and strong tags alike. */
const TAG = /(?:W\/)?("[^"]*")/g

/**
 * Does the client have what this tag stands for? `asked` is `If-None-Match`: a list of tags, weak ones among
 * them, or `*` for any.
 */
export const isKnown = (asked: string | undefined, tag: string): boolean => {
  if (asked === undefined || asked === '') return false
  if (asked === tag || asked.trim() === '*') return true
  const strong = tag.replace(/^W\//, '')
  return [...asked.matchAll(TAG)].some(([, each]) => each === strong)
}
