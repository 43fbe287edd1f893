/** Entries of a directory, whatever the server calls their attributes. */

type Value = string | Buffer

export type Entry = {
  dn: string
  /** The values of an attribute, by its name in any case; options (`cn;lang-de`) are left out. */
  texts(name: string): string[]
  text(name: string): string
  bytes(name: string): Buffer | undefined
  /** The names of the attributes that have values. */
  names(): string[]
  /** The server gave only the first values of an attribute: where the next part begins. */
  next(name: string): number | undefined
}

export type RawEntry = { dn: string } & Record<string, Value | Value[]>

const valuesOf = (raw: Value | Value[] | undefined): Value[] => {
  if (raw === undefined) return []
  return Array.isArray(raw) ? raw : [raw]
}

const asText = (value: Value): string =>
  (typeof value === 'string' ? value : value.toString('utf8')).normalize('NFC').replaceAll('\0', '')

/** A part of the values of an attribute that has many (`member;range=0-1499`). */
const RANGE = /^range=\d+-(?<last>\d+|\*)$/i

/** An entry as the library gives it: its attributes by the names that the server uses. */
export const entryOf = (raw: RawEntry): Entry => {
  const values = new Map<string, Value[]>()
  const nexts = new Map<string, number>()
  for (const [name, given] of Object.entries(raw)) {
    if (name === 'dn') continue
    const [type = '', ...options] = name.toLowerCase().split(';')
    const isPlain = options.every((option) => option === 'binary' || RANGE.test(option))
    const list = valuesOf(given)
    // With a language (`cn;lang-de`) it is another name of the same thing: the plain one counts.
    if (!isPlain || list.length === 0) continue
    const last = options.flatMap((option) => RANGE.exec(option)?.groups?.last ?? [])[0]
    if (last !== undefined && last !== '*') nexts.set(type, Number(last) + 1)
    values.set(type, [...(values.get(type) ?? []), ...list])
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
    names: () => [...values.keys()],
    next: (name) => nexts.get(name.toLowerCase()),
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
