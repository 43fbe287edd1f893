/** Prints help. */
import type { Command } from './command.ts'

/** The list of commands. */
export const helpOfAll = (commands: readonly Command[]): string => {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return ['Usage: plausch COMMAND [OPTIONS]', '', ...lines, '', "'plausch help COMMAND' tells more."].join(
    '\n',
  )
}

/** The help of one command. */
export const helpOf = ({ name, summary, usage, details }: Command): string =>
  [
    `Usage: plausch ${name} ${usage}`.trimEnd(),
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...(details === '' ? [] : ['', details]),
  ].join('\n')
