/**
 * Gets a password from standard input or the terminal, or generates one. It is never an argument, because
 * everybody on a machine can see arguments.
 */
import { randomInt } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CommandError } from './command.ts'

/** Without characters that look like others; 20 of these have 117 bits. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const generate = (): string => {
  // One of each kind, so that it satisfies any password settings.
  const kinds = [alphabet.slice(0, 24), alphabet.slice(24, 48), '23456789', '-_+=']
  const letters = [...kinds, ...Array.from({ length: 16 }, () => alphabet)].map(
    (kind) => kind[randomInt(kind.length)] ?? '',
  )
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1)
    const [left = '', right = ''] = [letters[at], letters[other]]
    letters[at] = right
    letters[other] = left
  }
  return letters.join('')
}

const readFirstLine = async (): Promise<string> => {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}

/** Asks on the terminal without showing the input. Rejects when the terminal closes or Ctrl-C is pressed. */
const askHidden = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    // Typed characters would be echoed here.
    const output = new Writable({ write: (_chunk, _encoding, done) => done() })
    const terminal = createInterface({ input: process.stdin, output, terminal: true })
    process.stderr.write(question)
    terminal.once('close', () => {
      process.stderr.write('\n')
      reject(new CommandError('Nothing was changed.'))
    })
    terminal.once('SIGINT', () => terminal.close())
    terminal.once('line', (line) => {
      resolve(line)
      terminal.close()
    })
  })

/** `isGenerated`: the user did not choose it, so the command must print it. */
export type Chosen = { password: string; isGenerated: boolean }

/**
 * Gets a password: from the first line of standard input if `fromInput`, from the terminal if there is one,
 * otherwise generated.
 */
export const choosePassword = async (fromInput: boolean): Promise<Chosen> => {
  if (fromInput) {
    const password = await readFirstLine()
    if (password === '') throw new CommandError('There was no password on standard input.')
    return { password, isGenerated: false }
  }
  if (!process.stdin.isTTY) return { password: generate(), isGenerated: true }
  const password = await askHidden('Password (empty for a generated one): ')
  if (password === '') return { password: generate(), isGenerated: true }
  if ((await askHidden('The same again: ')) !== password) throw new CommandError('The two are not the same.')
  return { password, isGenerated: false }
}
