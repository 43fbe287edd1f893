/** The one error that operations throw on purpose. Any other error is a defect and becomes `internal`. */
import { type ErrorBody, type FaultCode, type FaultParams, faults, faultsDe } from '@plausch/wire'

type Rest<C extends FaultCode> =
  FaultParams<C> extends undefined
    ? [params?: undefined, cause?: unknown]
    : [params: FaultParams<C>, cause?: unknown]

export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C
  readonly params: Record<string, string | number>

  constructor(code: C, ...[params, cause]: Rest<C>) {
    super(code, { cause })
    this.name = 'Fault'
    this.code = code
    this.params = params ?? {}
  }

  get status(): number {
    return faults[this.code].status
  }
}

export type Locale = 'en' | 'de'

/**
 * The language of an answer: the account's if there is one, otherwise the first of the browser's languages
 * that the server has, otherwise the server's.
 */
export const localeOf = (
  accountLocale: string,
  acceptLanguage: string | undefined,
  otherwise = 'en',
): Locale => {
  const wanted = (accountLocale || (acceptLanguage ?? '')).toLowerCase().split(',')
  const known = wanted
    .map((each) => each.trim().split(/[-;]/)[0])
    .find((word) => word === 'de' || word === 'en')
  return (known ?? otherwise) === 'de' ? 'de' : 'en'
}

/** The text of a fault in a language, with its values filled in. */
export const sentenceOf = (fault: Fault, locale: Locale): string =>
  (locale === 'de' ? faultsDe[fault.code] : faults[fault.code].text).replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => String(fault.params[name] ?? ''),
  )

/** v4's error body. `detailed_error` is always '', so that no internals reach a client. */
export const errorBody = (fault: Fault, locale: Locale, requestId: string): ErrorBody => ({
  id: fault.code,
  message: sentenceOf(fault, locale),
  detailed_error: '',
  request_id: requestId,
  status_code: fault.status,
})
