/** Decodes the bytes of a page as text. Source: the HTML standard, "determining the character encoding". */

const BOMS: readonly (readonly [label: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
]

const IN_HEADER = /charset\s*=\s*["']?([\w:-]{1,40})/i
const IN_META = /<meta[^<>]{1,1000}?charset\s*=\s*["']?([\w:-]{1,40})/i
/** A page may name its encoding only in its head; no head is longer than this. */
const MOST_HEAD = 256 * 1024

const labelOf = (bytes: Uint8Array, type: string): string | undefined => {
  const mark = BOMS.find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  if (mark) return mark[0]
  const inHeader = IN_HEADER.exec(type)?.[1]
  if (inHeader !== undefined) return inHeader
  const [head = ''] = Buffer.from(bytes.subarray(0, MOST_HEAD))
    .toString('latin1')
    .split(/<\/head|<body/i, 1)
  return IN_META.exec(head)?.[1]
}

type Decoder = InstanceType<typeof TextDecoder>

const decoderOf = (label: string): Decoder | undefined => {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

/** Bytes that are not UTF-8 come from older pages. An incomplete character at the end is still UTF-8. */
const guessed = (bytes: Uint8Array): Decoder => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return new TextDecoder('utf-8')
  } catch {
    return new TextDecoder('windows-1252')
  }
}

/**
 * The text of a page. The encoding comes from its byte order mark, then from the content type of its server
 * (`type`), then from the page itself.
 */
export const decoded = (bytes: Uint8Array, type: string): string => {
  const label = labelOf(bytes, type)
  const decoder = label === undefined ? undefined : decoderOf(label)
  return (decoder ?? guessed(bytes)).decode(bytes)
}
