/** A command of `plausch`. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

export type Values = Record<string, string | boolean | undefined>

export type Command = {
  /** As people type it: `user create`. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** The options, as people type them. */
  usage: string
  /** More lines for the command's help: what its options mean, what it prints. */
  details: string
  options: ParseArgsOptionsConfig
  /** Runs the command. Resolves with the exit code: 0 done, 1 not done. */
  run(values: Values): Promise<number>
}

/** The command line is invalid: exit code 2. */
export class UsageError extends Error {}

/** A problem that the user of the command can solve: the message explains it, exit code 1. */
export class CommandError extends Error {}

/** Parses the options of a command; throws UsageError for an unknown one. */
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

/** The value of a required option. */
export const required = (values: Values, name: string): string => {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing`)
  return value
}
