/** Sizes of files as people write them. */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const formats = new Map<string, Intl.NumberFormat>()

/** For example "3.4 MB"; in steps of 1,000 as operating systems show them. */
export const sizeText = (bytes: number, locale: string): string => {
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  const unit = UNITS[step] ?? 'byte'
  const digits = step > 0 && value < 10 ? 1 : 0
  const key = `${locale} ${unit} ${digits}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: digits,
    })
  formats.set(key, format)
  return format.format(value)
}
