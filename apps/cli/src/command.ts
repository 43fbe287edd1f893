/** What a command of `plausch` is. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

export type Values = Record<string, string | boolean | undefined>

export type Command = {
  /** As it is typed: `user create`. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** The options, as they are typed. */
  usage: string
  /** More lines for its own help: what an option means, what it prints. */
  details: string
  options: ParseArgsOptionsConfig
  /** Does it. Resolves with the exit code: 0 done, 1 not done. */
  run(values: Values): Promise<number>
}

/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {}

/** Something stands in the way that whoever types can change: said in words, exit code 1. */
export class CommandError extends Error {}

/** Reads the options of a command; throws UsageError for one that it does not know. */
export const readOptions = (command: Command, args: string[]): Values => {
  const options: ParseArgsOptionsConfig = { ...command.options, help: { type: 'boolean', short: 'h' } }
  try {
    return parseArgs({ args, options, allowPositionals: false, strict: true }).values as Values
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error),
    )
  }
}

/** The text of an option that must be there. */
export const required = (values: Values, name: string): string => {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing`)
  return value
}
