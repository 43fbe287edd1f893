/** Usernames and addresses of accounts, made of what the directory says. */
import { inPlainLetters } from '../../../core/folding.ts'
import { checkEmail, isReserved } from '../../people/users/index.ts'

const MOST = 64

/** A username as v4 permits it: small letters without accents. '' if nothing is left. */
export const usernameOf = (text: string): string => inPlainLetters(text).slice(0, MOST)

/** The names that a newcomer gets if the first is taken: with a number. */
export function* namesFrom(wanted: string): Generator<string> {
  if (wanted !== '' && !isReserved(wanted)) yield wanted
  const stem = wanted === '' ? 'user' : wanted
  for (let n = 2; n < 10_000; n += 1) yield `${stem.slice(0, MOST - String(n).length)}${n}`
}

/** The address in the form that is stored; '' if the directory has none, or it is no address. */
export const emailOf = (text: string): string => {
  try {
    return text === '' ? '' : checkEmail(text)
  } catch {
    return ''
  }
}
