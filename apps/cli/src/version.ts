/** Prints the version. */
import about from '@plausch/cli/package.json' with { type: 'json' }
import type { Command } from './command.ts'

export const version: Command = {
  name: 'version',
  summary: 'print the version',
  usage: '',
  details: '',
  options: {},
  async run() {
    process.stdout.write(`plausch ${about.version} (Node ${process.versions.node})\n`)
    return 0
  },
}
