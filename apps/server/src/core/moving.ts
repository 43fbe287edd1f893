/** Counts the frames of animated pictures that the picture library takes for still ones. */

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** No picture has so many chunks before its pixels. */
const MOST_CHUNKS = 10_000

/**
 * The number of frames that a PNG declares before its pixels (`acTL`; PNG specification, third edition,
 * 11.3.6.1).
 */
const framesOfPng = (bytes: Buffer): number => {
  for (let at = PNG.length, n = 0; at + 12 <= bytes.length && n < MOST_CHUNKS; n += 1) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'acTL') return bytes.readUInt32BE(at + 8)
    if (type === 'IDAT') return 1
    at += 12 + bytes.readUInt32BE(at)
  }
  return 1
}

/**
 * Two if an AVIF is a sequence, which its first box says by the brand `avis` (AVIF 1.1, section 6.3),
 * otherwise one. The box does not say how many frames there are.
 */
const framesOfAvif = (bytes: Buffer): number => {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return 1
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256)
  for (let at = 8; at + 4 <= end; at += 4) if (bytes.toString('latin1', at, at + 4) === 'avis') return 2
  return 1
}

/** How many frames a picture has by its header, at least one. Reads only the header. */
export const framesBeside = (picture: Uint8Array): number => {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  if (bytes.length < 16) return 1
  return bytes.subarray(0, PNG.length).equals(PNG) ? framesOfPng(bytes) : framesOfAvif(bytes)
}
