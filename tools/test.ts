/**
 * `npm test [-- FILTER …]`: sees to what the tests need, runs them all, and says at the end how many passed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startVitest, type Vitest } from 'vitest/node'
import { ensureWeb, WebRefusal } from './web.ts'

const root = join(import.meta.dirname, '..')
const CHROMIUM = '/usr/bin/chromium'
const INSTALL = [
  ['apt-get', 'update', '-qq'],
  ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
]

/** What the tests need is not there; the message says how to get it. */
class TestRefusal extends Error {}

type Totals = { passed: number; failed: number; skipped: number; reasons: string[] }

/** The last line: `12 passed, 0 failed`, and what was skipped, with the reasons. */
const summaryOf = ({ passed, failed, skipped, reasons }: Totals): string => {
  const line = `${passed} passed, ${failed} failed`
  if (skipped === 0) return line
  const why = [...new Set(reasons)].join('; ')
  return `${line}, ${skipped} skipped${why === '' ? '' : ` (${why})`}`
}

/** The browser journeys drive Debian's Chromium. Returns what is in the way, or undefined. */
const ensureChromium = (): string | undefined => {
  if (existsSync(CHROMIUM)) return undefined
  const commands = INSTALL.map((command) => command.join(' ')).join(' && ')
  const how = `The browser tests need ${CHROMIUM}. On Debian run, as root: ${commands}`
  if (process.getuid?.() !== 0) return how
  process.stdout.write('Installing Chromium for the browser tests …\n')
  for (const [program = '', ...args] of INSTALL) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { status } = spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0) return `'${[program, ...args].join(' ')}' did not succeed. ${how}`
  }
  return existsSync(CHROMIUM) ? undefined : how
}

const totalsOf = (vitest: Vitest): Totals => {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0, reasons: [] }
  for (const file of vitest.state.getTestModules()) {
    for (const test of file.children.allTests()) {
      const result = test.result()
      if (result.state === 'pending') continue
      totals[result.state] += 1
      if (result.state === 'skipped') totals.reasons.push(result.note ?? 'no reason given')
    }
    // A file that could not even be read, or whose set-up failed, has no failed test to show for it.
    const hasFailedTest = [...file.children.allTests('failed')].length > 0
    if (file.state() === 'failed' && !hasFailedTest) totals.failed += 1
  }
  totals.failed += vitest.state.getUnhandledErrors().length
  return totals
}

/** Runs the tests whose file names contain one of the filters; all of them without filters. */
const runTests = async (filters: string[]): Promise<Totals> => {
  const vitest = await startVitest('test', filters, { root, run: true, watch: false, passWithNoTests: false })
  const totals = totalsOf(vitest)
  // vitest fails by its exit code also where it has no test to blame.
  if (totals.failed === 0 && Number(process.exitCode ?? 0) !== 0) totals.failed = 1
  await vitest.close()
  return totals
}

const prepare = async (): Promise<void> => {
  const problem = ensureChromium()
  if (problem !== undefined) throw new TestRefusal(problem)
  await ensureWeb((line) => void process.stdout.write(`${line}\n`))
}

const test = async (filters: string[]): Promise<number> => {
  try {
    await prepare()
  } catch (error) {
    if (!(error instanceof TestRefusal || error instanceof WebRefusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.stdout.write('0 passed, 1 failed\n')
    return 1
  }
  const totals = await runTests(filters)
  process.stdout.write(`\n${summaryOf(totals)}\n`)
  return totals.failed === 0 ? 0 : 1
}

process.exit(await test(process.argv.slice(2)))
