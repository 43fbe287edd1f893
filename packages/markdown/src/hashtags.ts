/** The hashtags of a message. The shape is v4's (protocol: semantics, section 10). */
import { visibleTexts } from './visible-text.ts'

const LONGEST = 1000
const BEFORE = /^[^\p{L}\p{N}#]+/u
const AFTER = /[^\p{L}\p{N}]+$/u
const HASHTAG = /^#\p{L}[\p{L}\p{N}_.-]*[\p{L}\p{N}]$/u
const WHITESPACE = /\s+/

/**
 * All hashtags of `message`, each once, separated by a space, as `post.hashtags` holds them; '' for none, at
 * most 1,000 characters. A hashtag is # and a letter, then letters, digits and -_. , and ends in a letter or
 * digit. Code is not searched, unlike in v4, because readers see `#include` in code as code.
 */
export const hashtags = (message: string): string => {
  if (!message.includes('#')) return ''
  const found = new Set<string>()
  for (const text of visibleTexts(message)) {
    for (const word of text.split(WHITESPACE)) {
      if (!word.includes('#') || word.length > LONGEST) continue
      const tag = word
        .replace(BEFORE, '')
        .replace(AFTER, '')
        .replace(/^#{2,}/, '#')
      if (HASHTAG.test(tag)) found.add(tag)
    }
  }
  let list = ''
  for (const tag of found) {
    if (list.length + 1 + tag.length > LONGEST) break
    list = list === '' ? tag : `${list} ${tag}`
  }
  return list
}
