/**
 * Reads the tags of a text in XML once, from left to right. The libraries that read XML need time by the
 * square of what stands in it, and would hold the event loop for minutes. So a text of somebody unknown is
 * measured here first.
 */

export class MalformedXml extends Error {}

export type Tag = {
  /** Without its prefix. */
  name: string
  attributes: ReadonlyMap<string, string>
  kind: 'start' | 'end' | 'empty'
  /** Where it begins in the text, and the first place after it. */
  from: number
  to: number
}

/** Longer tags have more attributes than anybody sends. */
const MOST_TAG = 4096

// Each goes on where the one before ended, and none can match in two ways: so they take no more than one look
// at each sign.
const NAME = /<(\/?)((?:[\w.-]+:)?([\w.-]+))/y
const ATTRIBUTE = /\s+([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const END = /\s*(\/?)>/y

const matched = (pattern: RegExp, xml: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(xml)
}

const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const unescaped = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? '')

const tagAt = (xml: string, from: number): Tag => {
  const malformed = () => new MalformedXml(`a tag cannot be read at ${from}`)
  // A tag that is too long is not read to its end.
  const text = xml.slice(from, from + MOST_TAG)
  const begin = matched(NAME, text, 0)
  if (!begin) throw malformed()
  const [whole, slash, , name = ''] = begin
  const attributes = new Map<string, string>()
  let at = whole.length
  for (let each = matched(ATTRIBUTE, text, at); each; each = matched(ATTRIBUTE, text, at)) {
    attributes.set(each[1] ?? '', unescaped(each[2] ?? each[3] ?? ''))
    at += each[0].length
  }
  const end = matched(END, text, at)
  if (!end) throw malformed()
  const kind = slash === '/' ? 'end' : end[1] === '/' ? 'empty' : 'start'
  return { name, attributes, kind, from, to: from + at + end[0].length }
}

/** What stands between tags and is none: each with its end. */
const asides = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** The end of a comment, a section or an instruction that begins here; undefined if none does. */
const endOfAside = (xml: string, from: number): number | undefined => {
  const aside = asides.find(([begin]) => xml.startsWith(begin, from))
  if (!aside) return undefined
  const end = xml.indexOf(aside[1], from + aside[0].length)
  if (end === -1) throw new MalformedXml(`what begins at ${from} has no end`)
  return end + aside[1].length
}

/** The tags of a text, in their order. Throws `MalformedXml`. A document type is malformed, too. */
export const tagsIn = function* (xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at !== -1; ) {
    const end = endOfAside(xml, at)
    if (end === undefined) {
      const tag = tagAt(xml, at)
      yield tag
      at = xml.indexOf('<', tag.to)
    } else at = xml.indexOf('<', end)
  }
}

/** The tag that ends this one; undefined if there is none. */
export const endOf = (tags: readonly Tag[], tag: Tag): Tag | undefined =>
  tags.find(({ name, kind, from }) => from > tag.from && kind === 'end' && name === tag.name)

const MOST_ELEMENTS = 1000
const MOST_ATTRIBUTES = 4000
const MOST_DEPTH = 50
/** The characters that XML knows by name, and those that are named by their number. */
const UNKNOWN_CHARACTER = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i
const DECLARATION = /^\uFEFF?\s*<\?xml [^<>]*\?>/

/** The same, and refuses a text with more elements or attributes than a message has. */
export const limitedTags = function* (xml: string): Generator<Tag> {
  let [elements, ends, attributes] = [0, 0, 0]
  for (const tag of tagsIn(xml)) {
    if (tag.kind === 'end') ends += 1
    else elements += 1
    if (ends > elements) throw new MalformedXml(`the tag at ${tag.from} ends nothing`)
    attributes += tag.attributes.size
    if (elements > MOST_ELEMENTS) throw new MalformedXml(`there are more than ${MOST_ELEMENTS} elements`)
    if (attributes > MOST_ATTRIBUTES)
      throw new MalformedXml(`there are more than ${MOST_ATTRIBUTES} attributes`)
    yield tag
  }
}

/**
 * Refuses a message that is dear to read, or that means something else to each reader: with more elements
 * than a message has, without an end, with comments, sections or a document type. Returns its first tag.
 */
export const checkMessage = (xml: string): Tag => {
  const body = xml.replace(DECLARATION, '')
  if (body.includes('<!') || body.includes('<?'))
    throw new MalformedXml('there is a comment, a section, an instruction or a document type')
  if (UNKNOWN_CHARACTER.test(body)) throw new MalformedXml('there is a character of an unknown name')
  const open: string[] = []
  let first: Tag | undefined
  for (const tag of limitedTags(body)) {
    first ??= tag
    if (tag.kind === 'end') {
      if (open.pop() !== tag.name) throw new MalformedXml(`the tag at ${tag.from} ends nothing`)
      continue
    }
    if (tag.kind === 'start') open.push(tag.name)
    if (open.length > MOST_DEPTH) throw new MalformedXml(`it is nested more than ${MOST_DEPTH} times`)
  }
  if (!first || open.length > 0) throw new MalformedXml('it has no end')
  return first
}
