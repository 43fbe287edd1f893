/** Entries of a directory, whatever the server calls their attributes. */

type Value = string | Buffer

export type Entry = {
  dn: string
  /** The values of an attribute, by its name in any case; options (`cn;lang-de`) are left out. */
  texts(name: string): string[]
  text(name: string): string
  bytes(name: string): Buffer | undefined
  /**
   * The next value of an attribute that the server gives in parts (`member;range=0-1499`); undefined if
   * complete.
   */
  nextOf(name: string): number | undefined
  /** The names of the attributes that have values. */
  names(): string[]
}

export type RawEntry = { dn: string } & Record<string, Value | Value[]>

const valuesOf = (raw: Value | Value[] | undefined): Value[] => {
  if (raw === undefined) return []
  return Array.isArray(raw) ? raw : [raw]
}

const asText = (value: Value): string =>
  (typeof value === 'string' ? value : value.toString('utf8')).normalize('NFC').replaceAll('\0', '')

const RANGE = /^range=\d+-(\d+|\*)$/i

/** An entry as the library gives it: its attributes by the names that the server uses. */
export const entryOf = (raw: RawEntry): Entry => {
  const values = new Map<string, Value[]>()
  const next = new Map<string, number>()
  for (const [name, given] of Object.entries(raw)) {
    if (name === 'dn') continue
    const [type = '', ...options] = name.toLowerCase().split(';')
    const range = options.map((option) => RANGE.exec(option)?.[1]).find((end) => end !== undefined)
    const isPlain = options.every((option) => option === 'binary' || RANGE.test(option))
    const list = valuesOf(given)
    // With a language (`cn;lang-de`) it is another name of the same thing: the plain one counts.
    if (!isPlain || list.length === 0) continue
    values.set(type, [...(values.get(type) ?? []), ...list])
    if (range !== undefined && range !== '*') next.set(type, Number(range) + 1)
  }
  const texts = (name: string) => (values.get(name.toLowerCase()) ?? []).map(asText)
  return {
    dn: raw.dn,
    texts,
    text: (name) => texts(name)[0]?.trim() ?? '',
    bytes(name) {
      const [first] = values.get(name.toLowerCase()) ?? []
      return first === undefined ? undefined : Buffer.from(first as string)
    },
    nextOf: (name) => next.get(name.toLowerCase()),
    names: () => [...values.keys()],
  }
}

/** Attributes whose values are bytes, whatever they look like. */
const BINARY = new Set([
  'objectguid',
  'objectsid',
  'msexchmailboxguid',
  'jpegphoto',
  'thumbnailphoto',
  'photo',
])
export const isBinary = (name: string): boolean => BINARY.has(name.toLowerCase())

/** An id as we keep it: text as it is, bytes (objectGUID) in hexadecimal digits. */
export const idOf = (entry: Entry, attribute: string): string =>
  isBinary(attribute) ? (entry.bytes(attribute)?.toString('hex') ?? '') : entry.text(attribute)

/** The value to search an id by. */
export const idValue = (attribute: string, id: string): Value =>
  isBinary(attribute) ? Buffer.from(id, 'hex') : id

const MARKS: Record<string, string> = { ',': '\uE001', ';': '\uE001', '+': '\uE002', '=': '\uE003' }

/**
 * A DN in one spelling: servers write the same one in several ways (case, blanks, `\,` or `\2C`). Two DNs are
 * the same if these texts are.
 */
export const sameDn = (dn: string): string => {
  const bytes: number[] = []
  const parts: string[] = []
  const flush = () => {
    if (bytes.length > 0) parts.push(Buffer.from(bytes.splice(0)).toString('utf8'))
  }
  let isValue = false
  let at = 0
  while (at < dn.length) {
    const sign = dn[at] ?? ''
    const hex = sign === '\\' ? /^[0-9a-f]{2}/i.exec(dn.slice(at + 1, at + 3))?.[0] : undefined
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16))
      at += 3
    } else if (sign === '\\') {
      bytes.push(...Buffer.from(dn[at + 1] ?? ''))
      at += 2
    } else {
      flush()
      // Marks that separate parts, told apart from the same signs within values.
      const mark = sign === '=' && isValue ? undefined : MARKS[sign]
      if (mark !== undefined) isValue = sign === '='
      parts.push(mark ?? sign)
      at += 1
    }
  }
  flush()
  return parts
    .join('')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([\uE001-\uE003]) ?/g, '$1')
    .trim()
}
