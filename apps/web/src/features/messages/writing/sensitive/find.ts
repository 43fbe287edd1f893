/**
 * Finds personal and secret data in a text, for a warning before it is sent. The text does not leave the
 * device for this, and nothing is counted or reported. What has no check digits is found only by a form that
 * nothing else has.
 */
import { isInCode } from '../code-spans.ts'
import { ibanLength, isCard, isIban, isSocialInsuranceNumber, isTaxId } from './check-digits.ts'

export type SensitiveKind =
  | 'iban'
  | 'card'
  | 'taxId'
  | 'socialInsurance'
  | 'privateKey'
  | 'awsKey'
  | 'githubToken'
  | 'gitlabToken'
  | 'slackToken'
  | 'jwt'
  | 'accessToken'

export type Finding = { kind: SensitiveKind; from: number; to: number }

const compact = (text: string): string => text.replaceAll(/[ \u00a0-]/g, '')

/** An account number may be written in groups, so its end is counted rather than matched. */
const ibans = (text: string): Finding[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?=[ \u00a0]?[A-Za-z0-9])/gu)].flatMap(
    ({ 0: start, index }) => {
      let left = ibanLength(start.slice(0, 2))
      let to = index
      while (left > 0 && to < text.length) {
        const character = text[to] ?? ''
        if (/[A-Za-z0-9]/.test(character)) left -= 1
        else if (!/[ \u00a0]/.test(character) || /[ \u00a0]/.test(text[to - 1] ?? '')) return []
        to += 1
      }
      if (to === index || left > 0 || /[\p{L}\p{N}]/u.test(text[to] ?? '')) return []
      return isIban(compact(text.slice(index, to))) ? [{ kind: 'iban', from: index, to }] : []
    },
  )

/** Cards are printed in groups of four, some as 4-6-5 or 4-6-4. Other groups are phone or order numbers. */
const GROUPED =
  /^(?:\d{4}(?:[ \u00a0-]\d{4}){2,3}(?:[ \u00a0-]\d{1,4})?|\d{4}[ \u00a0-]\d{6}[ \u00a0-]\d{4,5}|\d+)$/
const NUMBER = /(?<![\p{L}\p{N}+#=/._-]|[+] )\d(?:[ \u00a0-]?\d){13,18}(?![\p{L}\p{N}_/-])/gu

const cards = (text: string): Finding[] =>
  [...text.matchAll(NUMBER)].flatMap(({ 0: found, index }) =>
    GROUPED.test(found) && isCard(compact(found))
      ? [{ kind: 'card', from: index, to: index + found.length }]
      : [],
  )

const TAX_ID = /(?<![\p{L}\p{N}+#=/._-]|[+] |\d )(?:\d{11}|\d{2} \d{3} \d{3} \d{3})(?![\p{L}\p{N}_/-]| \d)/gu

const taxIds = (text: string): Finding[] =>
  [...text.matchAll(TAX_ID)].flatMap(({ 0: found, index }) =>
    isTaxId(compact(found)) ? [{ kind: 'taxId', from: index, to: index + found.length }] : [],
  )

const SOCIAL = /(?<![\p{L}\p{N}_-])\d{2} ?\d{6} ?[A-Za-z] ?\d{3}(?![\p{L}\p{N}_-])/gu

const socialInsuranceNumbers = (text: string): Finding[] =>
  [...text.matchAll(SOCIAL)].flatMap(({ 0: found, index }) =>
    isSocialInsuranceNumber(compact(found))
      ? [{ kind: 'socialInsurance', from: index, to: index + found.length }]
      : [],
  )

const KEY = /-----BEGIN (?:[A-Z0-9]{2,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g
const KEY_END = /-----END (?:[A-Z0-9]{2,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g

/** The heading alone is what people write about; a key has a line of letters after it. */
const privateKeys = (text: string): Finding[] =>
  [...text.matchAll(KEY)].flatMap(({ 0: head, index }) => {
    const body = text.slice(index + head.length, index + head.length + 400)
    if (!/[A-Za-z0-9+/]{24}/.test(body)) return []
    KEY_END.lastIndex = index
    const end = KEY_END.exec(text)
    return [{ kind: 'privateKey', from: index, to: end ? end.index + end[0].length : text.length }]
  })

const isHeaderOfJwt = (token: string): boolean => {
  try {
    const [head = ''] = token.split('.')
    return 'alg' in JSON.parse(atob(head.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return false
  }
}

type Form = { kind: SensitiveKind; form: RegExp; isOne?(found: string): boolean }

/** Forms of secrets; the first group, if there is one, is the secret. */
const FORMS: readonly Form[] = [
  {
    kind: 'awsKey',
    form: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
    // The key of the documentation.
    isOne: (found) => !found.endsWith('EXAMPLE'),
  },
  { kind: 'githubToken', form: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9_]{60,244}\b/g },
  { kind: 'gitlabToken', form: /\bgl(?:pat|ptt|dt|rt|cbt|soat|ft)-[A-Za-z0-9_-]{20,64}/g },
  {
    kind: 'slackToken',
    form: /\bxox[abeoprs]-[A-Za-z0-9-]{20,250}|\bhooks\.slack\.com\/services\/T\w{6,14}\/B\w{6,14}\/\w{20,30}/g,
  },
  {
    kind: 'jwt',
    form: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{20,1000}/g,
    isOne: isHeaderOfJwt,
  },
  // Ids of messages and people have the same form, so the word before decides.
  {
    kind: 'accessToken',
    form: /(?:\bbearer|token|MMAUTHTOKEN)["'`]?(?:\s?[:=]\s?|\s)["'`]?([a-z0-9]{26})(?![a-z0-9])/gi,
    isOne: (found) => /\d/.test(found) && /[a-z]/.test(found),
  },
]

const secrets = (text: string): Finding[] =>
  FORMS.flatMap(({ kind, form, isOne }) =>
    [...text.matchAll(form)].flatMap(({ 0: whole, 1: group, index }) => {
      const found = group ?? whole
      const from = index + whole.length - found.length
      return (isOne?.(found) ?? true) ? [{ kind, from, to: from + found.length }] : []
    }),
  )

/**
 * What in a text is personal or secret, in the order of the text. Numbers inside code are hashes and
 * measurements more often than not: there only keys, tokens and account numbers count.
 */
export const findSensitive = (text: string): Finding[] => {
  const numbers = [...cards(text), ...taxIds(text), ...socialInsuranceNumbers(text)]
  return [
    ...ibans(text),
    ...numbers.filter(({ from }) => !isInCode(text, from)),
    ...privateKeys(text),
    ...secrets(text),
  ].toSorted((a, b) => a.from - b.from)
}

const SHOWN_AT_END = 4
const keepsEnd = (kind: SensitiveKind): boolean => kind === 'iban' || kind === 'card'

/** The text with dots in place of what was found; of account and card numbers the last digits remain. */
export const masked = (text: string, findings: readonly Finding[]): string => {
  let result = ''
  let at = 0
  for (const { kind, from, to } of findings) {
    if (from < at) continue
    result += text.slice(at, from)
    const found = text.slice(from, to)
    if (kind === 'privateKey') result += '••••'
    else {
      const shown = keepsEnd(kind) ? SHOWN_AT_END : 0
      result += found.slice(0, found.length - shown).replaceAll(/[\p{L}\p{N}]/gu, '•')
      result += found.slice(found.length - shown)
    }
    at = to
  }
  return result + text.slice(at)
}
