/**
 * Common passwords, which attackers try first. The list is in the file beside this one; the README names its
 * source.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'common-passwords.txt')

/** Per process: a list that is read when it is first needed. */
let loading: Promise<ReadonlySet<string>> | undefined

/** Read when somebody first chooses a password, because most starts of a server do not need it. */
const load = async (): Promise<ReadonlySet<string>> => {
  const words = (await readFile(file, 'utf8')).split('\n')
  return new Set(words.filter((word) => word !== ''))
}

/** Is it one of the most common passwords, with any capitalisation? */
export const isGuessable = async (password: string): Promise<boolean> => {
  loading ??= load().catch((error: unknown) => {
    // The next attempt may succeed.
    loading = undefined
    throw error
  })
  return (await loading).has(password.toLowerCase())
}
