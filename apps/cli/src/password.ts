/**
 * Where a password comes from: standard input, the terminal, or chance. It is never an argument: those are
 * seen by everybody on a machine.
 */
import { randomInt } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CommandError } from './command.ts'

/** Without what is easily taken for something else; 20 of these are 117 bits. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const generate = (): string => {
  // One of each kind, so that it passes whatever the password settings ask for.
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

/**
 * Asks on the terminal without showing what is typed. Rejects when the terminal closes or Ctrl-C is pressed.
 */
const askHidden = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    // What is typed would be echoed through here.
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

/** `isGenerated`: nobody chose it, so it must be told. */
export type Chosen = { password: string; isGenerated: boolean }

/**
 * Gets a password: the first line of standard input if that is wanted, what is typed on a terminal, else a
 * generated one.
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
