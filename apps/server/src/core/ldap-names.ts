/**
 * Distinguished names in one form, for comparison: servers write the same name in several ways (RFC 4514).
 */

/** One character of an escaped value, or a byte of one in hexadecimal digits. */
const ESCAPE = /\\(?:([0-9a-f]{2})|(.))/gis

const bytesOf = (value: string): Buffer => {
  const parts: Buffer[] = []
  let at = 0
  for (const found of value.matchAll(ESCAPE)) {
    parts.push(Buffer.from(value.slice(at, found.index)))
    parts.push(found[1] === undefined ? Buffer.from(found[2] ?? '') : Buffer.from(found[1], 'hex'))
    at = found.index + found[0].length
  }
  parts.push(Buffer.from(value.slice(at)))
  return Buffer.concat(parts)
}

/** Blanks around a value do not count, but for the last one if it is escaped. */
const trimmed = (value: string): string => value.replace(/^ +/, '').replace(/(?<!\\) +$/, '')

const plainValue = (raw: string): string => {
  const value = trimmed(raw)
  const text = /^".*"$/s.test(value) ? value.slice(1, -1) : value
  return bytesOf(text).toString('utf8').normalize('NFC').toLowerCase().replaceAll(/ +/g, ' ').trim()
}

/** Splits at separators that are neither escaped nor quoted. */
const split = (text: string, separators: string): string[] => {
  const parts: string[] = []
  let part = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '\\') {
      part += sign + text.charAt(at + 1)
      at += 1
    } else if (sign === '"') {
      isQuoted = !isQuoted
      part += sign
    } else if (!isQuoted && separators.includes(sign)) {
      parts.push(part)
      part = ''
    } else part += sign
  }
  return [...parts, part]
}

const plainPart = (part: string): string => {
  const [type = '', ...value] = split(part, '=')
  return `${type.trim().toLowerCase()}=${JSON.stringify(plainValue(value.join('=')))}`
}

const comparableParts = (name: string): string[] =>
  name.trim() === '' ? [] : split(name, ',;').map((rdn) => split(rdn, '+').map(plainPart).sort().join('+'))

/**
 * The form in which equal names are equal texts. Not a distinguished name any more: only for comparison. ''
 * for the empty name.
 */
export const comparableName = (name: string): string => comparableParts(name).join(',')

/** A name, and those of the entries above it in the tree, from the nearest on; all for comparison. */
export type TreePlace = { dn: string; above: string[] }

export const treePlace = (name: string): TreePlace => {
  const parts = comparableParts(name)
  return { dn: parts.join(','), above: parts.slice(1).map((_, n) => parts.slice(n + 1).join(',')) }
}

/** The names of the entries above an entry as it writes them, from the nearest on. */
export const pathsAbove = (name: string): string[] => {
  const parts = split(name, ',;')
  return parts.slice(1).map((_, n) =>
    parts
      .slice(n + 1)
      .join(',')
      .trim(),
  )
}
