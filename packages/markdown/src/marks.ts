/** Marks inside plain text: names of people, channels, hashtags, emoji and e-mail addresses. */
import { EMAIL, namesIn } from './names.ts'
import type { Inline } from './nodes.ts'

// One alternative per mark, each beginning with a different character, so that matching takes linear time.
// After a letter, none of these is a mark.
const MARK = new RegExp(
  [
    `(?<email>${EMAIL})`,
    '(?<name>@)',
    '(?<![\\p{L}\\p{N}_~])~(?<channel>[a-z0-9][a-z0-9_-]{0,63})',
    '(?<![\\p{L}\\p{N}_#&/])#(?<hashtag>\\p{L}[\\p{L}\\p{N}_.-]{0,998}[\\p{L}\\p{N}])',
    '(?<![\\p{L}\\p{N}_:]):(?<emoji>[a-z0-9+_-]{1,100}):',
  ].join('|'),
  'giu',
)

/** A possible name of an account, with the punctuation of the sentence after it. */
const NAME = /^@(?<name>[a-z0-9][a-z0-9._-]{0,63})(?<after>[:._-]*)$/i

/** Which marks a text may have: in the text of a link only names of people, in a URL none. */
export type Marks = 'all' | 'names' | 'none'

/**
 * Splits text into plain text and marks. The texts of the result, including their signs, add up to `text`
 * again.
 */
export const markText = (text: string, marks: Marks): Inline[] => {
  if (marks === 'none' || !/[\p{L}\p{N}]/u.test(text)) return [{ kind: 'text', text }]
  const parts: Inline[] = []
  const names = new Map(namesIn(text).map((name) => [name.at, NAME.exec(name.text)?.groups?.name]))
  if (marks === 'names' && names.size === 0) return [{ kind: 'text', text }]
  let done = 0
  const push = (from: number, to: number, node: Inline): void => {
    if (from > done) parts.push({ kind: 'text', text: text.slice(done, from) })
    parts.push(node)
    done = to
  }
  for (const match of text.matchAll(MARK)) {
    const { email, name, channel, hashtag, emoji } = match.groups ?? {}
    const mention = name === undefined ? undefined : names.get(match.index)
    const end = match.index + match[0].length
    if (mention !== undefined) push(match.index, end + mention.length, { kind: 'mention', name: mention })
    else if (marks === 'names') continue
    else if (email !== undefined)
      push(match.index, end, {
        kind: 'link',
        href: `mailto:${email}`,
        children: [{ kind: 'text', text: email }],
      })
    else if (channel !== undefined) push(match.index, end, { kind: 'channel', name: channel })
    else if (hashtag !== undefined) push(match.index, end, { kind: 'hashtag', tag: `#${hashtag}` })
    else if (emoji !== undefined) push(match.index, end, { kind: 'emoji', name: emoji })
  }
  if (text.length > done) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}
