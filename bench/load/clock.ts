/**
 * The clock that all processes of a machine share, in nanoseconds. Messages carry it, so the receiver knows
 * their age.
 */
export const now = (): number => Number(process.hrtime.bigint())

/** A placeholder for the time of sending in a message. */
export const NOW = '{now}'
const MARK = '^^'

/** Replaces the placeholder by the time. */
export const stamped = (text: string): string =>
  text.includes(NOW) ? text.replace(NOW, `${MARK}${now()}${MARK}`) : text

/** The time in a frame; NaN if there is none. */
export const stampIn = (bytes: Buffer): number => {
  const from = bytes.indexOf(MARK)
  if (from < 0) return Number.NaN
  const end = bytes.indexOf(MARK, from + MARK.length)
  return end < 0 ? Number.NaN : Number(bytes.toString('latin1', from + MARK.length, end))
}
