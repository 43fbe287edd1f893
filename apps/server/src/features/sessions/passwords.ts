/** Passwords: what they must be, and how they are kept. */
import { hash, verify } from '@node-rs/argon2'
import { Fault } from '../../core/faults.ts'
import type { Server } from '../../core/server.ts'

/** OWASP's first choice for argon2id (2 in the library's numbering): 19 MiB, two passes, one lane. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const LONGEST = 72

/** Two hashes at once keep the other cores for those who are already in; beyond the queue, people are asked to try again. */
const AT_ONCE = 2
const QUEUE = 1000
let running = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (waiting.length >= QUEUE) throw new Fault('signin.busy')
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** Refuses what the password settings do not allow. Source: protocol, semantics 5. */
export const checkPassword = (server: Server, password: string): void => {
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
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, options))

let decoy: Promise<string> | undefined

/** Is it the password? Without a hash to compare with (`null`) the same work is done, so that time does not tell who has an account. */
export const isPassword = async (stored: string | null, password: string): Promise<boolean> => {
  decoy ??= hash('nobody has this password', options)
  const against = stored ?? (await decoy)
  // What could never have been set is not hashed: hashing megabytes would be a gift to whoever sends them.
  if (Buffer.byteLength(password) > LONGEST) return inTurn(() => verify(against, '').then(() => false))
  return (await inTurn(() => verify(against, password))) && stored !== null
}
