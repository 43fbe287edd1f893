/** Numbers that carry check digits: whether a text is really one of them. */

/** How many characters an account number (IBAN) of a country has. */
const IBAN_LENGTHS: Record<string, number> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, CH: 21, CR: 22 },
  ...{ CY: 28, CZ: 24, DE: 22, DK: 18, DO: 28, EE: 20, ES: 24, FI: 18, FO: 18, FR: 27, GB: 22, GE: 22 },
  ...{ GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, JO: 30, KW: 30 },
  ...{ KZ: 20, LB: 28, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18 },
  ...{ NO: 15, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SE: 24, SI: 19, SK: 24 },
  ...{ SM: 27, TN: 24, TR: 26, UA: 29, VG: 24, XK: 20 },
}

export const ibanLength = (country: string): number => IBAN_LENGTHS[country.toUpperCase()] ?? 0

/** ISO 13616: the rest of the rearranged number by 97 is 1. `text` has no spaces. */
export const isIban = (text: string): boolean => {
  const iban = text.toUpperCase()
  if (iban.length !== ibanLength(iban.slice(0, 2))) return false
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    if (Number.isNaN(value)) return false
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** The check digit of payment cards. */
export const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const counted = i % 2 === 0 ? digit : digit * 2
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

/** First digits of the issuers of payment cards, and how long their numbers are. */
const ISSUERS: readonly [RegExp, readonly number[]][] = [
  [/^4/, [16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(30[0-5]|36|3[89])/, [14]],
  [/^(6011|64[4-9]|65)/, [16, 19]],
  [/^35(2[89]|[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(5018|5020|5038|5893|6304|6759|676[1-3])/, [16, 18, 19]],
]

export const isCard = (digits: string): boolean =>
  ISSUERS.some(([first, lengths]) => first.test(digits) && lengths.includes(digits.length)) &&
  !/^(\d)\1+$/.test(digits) &&
  passesLuhn(digits)

/** Of the first ten digits one occurs twice or three times, the others at most once. */
const hasFormOfTaxId = (digits: string): boolean => {
  const counts = new Map<string, number>()
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const repeated = [...counts.values()].filter((count) => count > 1)
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && !/(\d)\1\1/.test(digits.slice(0, 10))
}

/** The German tax identification number: eleven digits, checked by ISO 7064 (mod 11, 10). */
export const isTaxId = (digits: string): boolean => {
  if (!/^[1-9]\d{10}$/.test(digits) || !hasFormOfTaxId(digits)) return false
  let product = 10
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits[10])
}

const WEIGHTS = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]

/** The German social insurance number: area, birthday, initial, serial number, check digit. */
export const isSocialInsuranceNumber = (text: string): boolean => {
  const found = /^(\d{2})(\d{2})(\d{2})(\d{2})([A-Z])(\d{2})(\d)$/.exec(text.toUpperCase())
  if (!found) return false
  const [, area = '', day = '', month = '', year = '', letter = '', serial = '', check = ''] = found
  // If the serial numbers of a day are used up, 50 is added to the day.
  const isDay = Number(day) % 50 >= 1 && Number(day) % 50 <= 31
  if (!isDay || Number(month) < 1 || Number(month) > 12 || Number(area) < 2) return false
  const place = String(letter.charCodeAt(0) - 64).padStart(2, '0')
  const digits = `${area}${day}${month}${year}${place}${serial}`
  let sum = 0
  WEIGHTS.forEach((weight, i) => {
    const value = weight * Number(digits[i])
    sum += Math.floor(value / 10) + (value % 10)
  })
  return sum % 10 === Number(check)
}
