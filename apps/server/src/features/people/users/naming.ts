/** Usernames and addresses of accounts, made of what a directory or a provider says. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { inPlainLetters } from '../../../core/folding.ts'
import { checkEmail, isReserved } from './rules.ts'
import { takenNames } from './store.ts'

const MOST = 64

/** A username as v4 permits it: small letters without accents. '' if nothing is left. */
export const usernameOf = (text: string): string => inPlainLetters(text).slice(0, MOST)

/** The names that a newcomer gets if the first is taken: with a number. */
function* namesFrom(wanted: string): Generator<string> {
  if (wanted !== '' && !isReserved(wanted)) yield wanted
  const stem = wanted === '' ? 'user' : wanted
  for (let n = 2; n < 10_000; n += 1) yield `${stem.slice(0, MOST - String(n).length)}${n}`
}

/** The address in the form that is stored; '' if there is none, or it is no address. */
export const emailOf = (text: string): string => {
  try {
    return text === '' ? '' : checkEmail(text)
  } catch {
    return ''
  }
}

const ATTEMPTS = 50

/** The first name, made of the wanted one, that no account and no group has. The caller holds `lockAccounts`. */
export const freeName = async ({ db }: Context, wanted: string): Promise<string> => {
  const names = namesFrom(wanted)
  for (;;) {
    const some: string[] = []
    for (let n = 0; n < ATTEMPTS; n += 1) {
      const { value, done } = names.next()
      if (!done) some.push(value)
    }
    if (some.length === 0) throw new Fault('users.username')
    const taken = await takenNames(db, some)
    const free = some.find((name) => !taken.has(name))
    if (free !== undefined) return free
  }
}

/**
 * Must an account with this name get the wanted one, if nobody has that? Who got a number because the name was
 * taken keeps it.
 */
export const isRenamed = (current: string, wanted: string): boolean =>
  wanted !== '' && wanted !== current && current.replace(/\d+$/, '') !== wanted
