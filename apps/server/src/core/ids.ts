/** Ids and secrets. Both are 26 characters that every client of v4 accepts. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** v4's alphabet, sorted: so the text order of ids is the order of the numbers inside them. */
const alphabet = '13456789abcdefghijkmnopqrstuwxyz'

const encode = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >>> bits) & 31]
      value &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}

/** Per process: random bytes fetched in advance, for many ids at once. */
let random = randomBytes(0)
/** Per process: how many of these bytes are used. */
let used = 0

/**
 * A new id: 48 bits of milliseconds, then 80 random bits. Ordered by time, so that indexes stay dense; opaque
 * to clients.
 */
export const newId = (now = Date.now()): string => {
  if (used === random.length) {
    random = randomBytes(16 * 256)
    used = 0
  }
  used += 16
  const bytes = random.subarray(used - 16, used)
  bytes.writeUIntBE(now, 0, 6)
  return encode(bytes)
}

/** A new secret or capability: 128 random bits, never ordered by time. */
export const newSecret = (): string => encode(randomBytes(16))

/**
 * The stored form of a token. A token has 128 random bits, so a plain hash is enough, and a stolen table
 * grants no access.
 */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Compares two secrets in constant time. */
export const sameSecret = (a: string, b: string): boolean => {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(left, right)
}
