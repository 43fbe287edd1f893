/** The clock that all processes of a machine share, in nanoseconds; messages carry it, so whoever receives one knows how old it is. */
export const now = (): number => Number(process.hrtime.bigint())

/** Stands in a message for the moment of sending. */
export const NOW = '{now}'
const MARK = '^^'

/** Puts the moment in, where a text asks for it. */
export const stamped = (text: string): string =>
  text.includes(NOW) ? text.replace(NOW, `${MARK}${now()}${MARK}`) : text

/** The moment in a frame; NaN where there is none. */
export const stampIn = (bytes: Buffer): number => {
  const from = bytes.indexOf(MARK)
  if (from < 0) return Number.NaN
  const end = bytes.indexOf(MARK, from + MARK.length)
  return end < 0 ? Number.NaN : Number(bytes.toString('latin1', from + MARK.length, end))
}
