/**
 * `npm run check [-- --fix --without-tests]`: all checks before a commit. `--fix` first mends what it can. All
 * steps run, whatever the results of the others; the exit code is the number of failed steps.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const inModules = (path: string) => join(root, 'node_modules', path)
const node = process.execPath
const biome = [node, inModules('@biomejs/biome/bin/biome')]
const tsc = [node, inModules('typescript/bin/tsc')]

type Step = { name: string; command: string[]; cure: string }

const steps: Step[] = [
  { name: 'format', command: [...biome, 'format'], cure: 'npm run check -- --fix' },
  { name: 'lint', command: [...biome, 'lint', '--error-on-warnings'], cure: 'npm run check -- --fix' },
  { name: 'types', command: [...tsc, '-p', 'tsconfig.json'], cure: '' },
  { name: 'types of the web client', command: [...tsc, '-p', 'apps/web/tsconfig.json'], cure: '' },
  { name: 'types of the browser tests', command: [...tsc, '-p', 'e2e/tsconfig.json'], cure: '' },
  {
    name: 'types of the service worker',
    command: [...tsc, '-p', 'apps/web/tsconfig.worker.json'],
    cure: '',
  },
  { name: 'generated files', command: [node, 'tools/gen.ts', '--check'], cure: 'npm run gen' },
]
const tests: Step = { name: 'tests', command: [node, 'tools/test.ts'], cure: '' }
const fixes: Step[] = [
  { name: 'format and lint', command: [...biome, 'check', '--write'], cure: '' },
  { name: 'generated files', command: [node, 'tools/gen.ts'], cure: '' },
]

const run = ({ name, command, cure }: Step): boolean => {
  const [program = '', ...args] = command
  process.stdout.write(`\n── ${name}\n`)
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0 && cure !== '') process.stdout.write(`Try '${cure}'.\n`)
  return status === 0
}

const check = (args: string[]): number => {
  const wanted = [
    ...(args.includes('--fix') ? fixes : []),
    ...steps,
    ...(args.includes('--without-tests') ? [] : [tests]),
  ]
  const results = wanted.map((step) => ({ name: step.name, isGood: run(step) }))
  process.stdout.write('\n')
  for (const { name, isGood } of results) process.stdout.write(`${isGood ? '✓' : '✗'} ${name}\n`)
  return results.filter(({ isGood }) => !isGood).length
}

process.exit(check(process.argv.slice(2)))
