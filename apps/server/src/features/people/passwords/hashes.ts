/** Passwords: their rules, and their hashes. */
import { availableParallelism } from 'node:os'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { openTurns } from '../../../core/turns.ts'
import { isGuessable } from './guessable.ts'

/** OWASP's first choice for argon2id (2 in the library's numbering): 19 MiB, two passes, one lane. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * v4's limit, in bytes of UTF-8. argon2 could take more, but other servers to which an account may move could
 * not.
 */
const LONGEST = 72

/**
 * Hashing uses all cores but one, so that posts are written while hundreds of people sign in. The database
 * queries of a sign-in belong to its turn, too; otherwise all of them would run at once, and posts would
 * wait.
 */
const AT_ONCE = Math.max(1, availableParallelism() - 1)
const MOST_WAITING = 1000

/**
 * Runs the work of checking passwords in turn, for a client at a network address; throws `signin.busy` if too
 * many wait.
 */
export const inTurn = openTurns(AT_ONCE, MOST_WAITING, () => new Fault('signin.busy'))

/** Loaded with the first password. */
const library = () => import('@node-rs/argon2')

/**
 * Throws if the settings do not allow the password, or if it is a common one. Source: protocol, semantics 5.
 */
export const checkPassword = async (server: Server, password: string): Promise<void> => {
  const {
    MinimumLength,
    Lowercase,
    Uppercase,
    Number: number,
    Symbol: symbol,
  } = server.settings().PasswordSettings
  if ([...password].length < MinimumLength) {
    throw new Fault('model.user.is_valid.pwd_min_length.app_error', { min: MinimumLength })
  }
  if (Buffer.byteLength(password) > LONGEST) {
    throw new Fault('model.user.is_valid.pwd_max_length.app_error', { max: LONGEST })
  }
  if (Lowercase && !/\p{Ll}/u.test(password)) throw new Fault('model.user.is_valid.pwd_lowercase.app_error')
  if (Uppercase && !/\p{Lu}/u.test(password)) throw new Fault('model.user.is_valid.pwd_uppercase.app_error')
  if (number && !/\p{N}/u.test(password)) throw new Fault('model.user.is_valid.pwd_number.app_error')
  if (symbol && !/[^\p{L}\p{N}\s]/u.test(password))
    throw new Fault('model.user.is_valid.pwd_symbol.app_error')
  if (await isGuessable(password)) throw new Fault('sessions.common_password')
}

export const hashPassword = async (password: string): Promise<string> =>
  await (await library()).hash(password, options)

/** Per process: a hash that no password has, to compare with if there is no account. */
let decoy: Promise<string> | undefined

/**
 * Is it the password? Without a hash (`null`) the same work is done, so that the response time does not
 * reveal who has an account.
 */
export const isPassword = async (stored: string | null, password: string): Promise<boolean> => {
  const { verify } = await library()
  decoy ??= hashPassword('nobody has this password')
  const against = stored ?? (await decoy)
  // A text that cannot be a password is not hashed, because hashing megabytes would help attackers.
  if (Buffer.byteLength(password) > LONGEST) return await verify(against, '').then(() => false)
  return (await verify(against, password)) && stored !== null
}
