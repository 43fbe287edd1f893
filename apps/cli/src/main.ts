/**
 * `plausch …`: finds the command, reads its options, runs it. Exit codes: 0 done, 1 not done, 2 invalid
 * command line.
 */
import { type Command, CommandError, readOptions, UsageError } from './command.ts'
import { helpOf, helpOfAll } from './help.ts'

type Load = () => Promise<Command>

/** Loaded on demand: `version` needs no database. */
const commands: Record<string, Load> = {
  serve: async () => (await import('./serve.ts')).serve,
  'user create': async () => (await import('./user-create.ts')).userCreate,
  'token create': async () => (await import('./token-create.ts')).tokenCreate,
  version: async () => (await import('./version.ts')).version,
}

const print = (text: string): number => {
  process.stdout.write(`${text}\n`)
  return 0
}

const findCommand = (words: string[]): { load: Load; rest: string[] } | undefined => {
  for (const count of [2, 1]) {
    const load = commands[words.slice(0, count).join(' ')]
    if (load) return { load, rest: words.slice(count) }
  }
  return undefined
}

const all = () => Promise.all(Object.values(commands).map((load) => load()))

const run = async (words: string[]): Promise<number> => {
  const [first = ''] = words
  if (first === '--version' || first === '-v') return await run(['version'])
  const isHelp = ['help', '--help', '-h', ''].includes(first)
  const found = findCommand(isHelp ? words.slice(1) : words)
  if (isHelp && !found) return print(helpOfAll(await all()))
  if (!found) throw new UsageError(`there is no command '${words.slice(0, 2).join(' ')}'`)
  const command = await found.load()
  if (isHelp) return print(helpOf(command))
  const values = readOptions(command, found.rest)
  return values.help === true ? print(helpOf(command)) : await command.run(values)
}

/** Explains an error in words; a defect of ours includes its stack. */
const explain = async (error: unknown): Promise<string> => {
  if (error instanceof CommandError) return error.message
  const [{ Fault, sentenceOf }, { isRefusal }] = await Promise.all([
    import('@plausch/server/core/faults.ts'),
    import('@plausch/server/main'),
  ])
  if (error instanceof Fault) return sentenceOf(error, 'en')
  if (isRefusal(error)) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Runs a command line; resolves with the exit code. */
export const main = async (words: string[]): Promise<number> => {
  try {
    return await run(words)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`plausch: ${error.message}. Try 'plausch help'.\n`)
      return 2
    }
    process.stderr.write(`${await explain(error)}\n`)
    return 1
  }
}

process.exit(await main(process.argv.slice(2)))
