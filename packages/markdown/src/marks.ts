/** What stands out inside plain text: names of people, channels, hashtags, emoji and e-mail addresses. */
import type { Inline } from './nodes.ts'

// One alternative per mark, each beginning with a character of its own, so that reading stays linear. Letters before a mark make it none.
const MARK = new RegExp(
  [
    '(?<email>(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}_%+-][\\p{L}\\p{N}._%+-]{0,63}@[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9-]*[a-z0-9])+)',
    '(?<![\\p{L}\\p{N}_@.])@(?<mention>[a-z0-9][a-z0-9._-]{0,63})',
    '(?<![\\p{L}\\p{N}_~])~(?<channel>[a-z0-9][a-z0-9_-]{0,63})',
    '(?<![\\p{L}\\p{N}_#&/])#(?<hashtag>\\p{L}[\\p{L}\\p{N}_.-]{0,998}[\\p{L}\\p{N}])',
    '(?<![\\p{L}\\p{N}_:]):(?<emoji>[a-z0-9+_-]{1,64}):',
  ].join('|'),
  'giu',
)

/** Splits text into plain text and marks. The texts of the result, with their signs, add up to `text` again. */
export const markText = (text: string): Inline[] => {
  const parts: Inline[] = []
  let done = 0
  const plainUpTo = (end: number): void => {
    if (end > done) parts.push({ kind: 'text', text: text.slice(done, end) })
  }
  for (const match of text.matchAll(MARK)) {
    const { email, mention, channel, hashtag, emoji } = match.groups ?? {}
    plainUpTo(match.index)
    if (email !== undefined)
      parts.push({ kind: 'link', href: `mailto:${email}`, children: [{ kind: 'text', text: email }] })
    else if (mention !== undefined) parts.push({ kind: 'mention', name: mention })
    else if (channel !== undefined) parts.push({ kind: 'channel', name: channel })
    else if (hashtag !== undefined) parts.push({ kind: 'hashtag', tag: `#${hashtag}` })
    else if (emoji !== undefined) parts.push({ kind: 'emoji', name: emoji })
    done = match.index + match[0].length
  }
  plainUpTo(text.length)
  return parts
}
