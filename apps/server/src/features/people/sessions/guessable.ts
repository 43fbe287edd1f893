/** Passwords that are tried first, because so many people have them. The list stands beside this file; where it is from stands in the README. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'common-passwords.txt')

/** Per process: a list that is read when it is first needed. */
let loading: Promise<ReadonlySet<string>> | undefined

/** Read with the first password that somebody chooses: most servers start without one. */
const load = async (): Promise<ReadonlySet<string>> => {
  const words = (await readFile(file, 'utf8')).split('\n')
  return new Set(words.filter((word) => word !== ''))
}

/** Is it one of the most common passwords, however its letters are capitalized? */
export const isGuessable = async (password: string): Promise<boolean> => {
  loading ??= load().catch((error: unknown) => {
    // The next one may succeed.
    loading = undefined
    throw error
  })
  return (await loading).has(password.toLowerCase())
}
