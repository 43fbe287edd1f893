/**
 * `npm test [-- FILTER …]`: installs what the tests need, runs them, and prints at the end how many passed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startVitest, type Vitest } from 'vitest/node'
import { ensureWeb, WebRefusal } from './web.ts'

const root = join(import.meta.dirname, '..')
const CHROMIUM = '/usr/bin/chromium'
/**
 * The oldest PostgreSQL that Plausch supports. Debian 12 has it; if there is only a newer one, its test is
 * skipped.
 */
const OLDEST = { package: 'postgresql-15', program: '/usr/lib/postgresql/15/bin/postgres' }
/** Tells Debian's PostgreSQL packages to create no cluster: the tests make their own. */
const NO_CLUSTER = '/etc/postgresql-common/createcluster.conf'
const SLAPD = {
  packages: ['slapd', 'ldap-utils', 'openssl'],
  programs: ['/usr/sbin/slapd', '/usr/bin/ldapmodify', '/usr/bin/openssl'],
}
/** Debian asks this program whether a package may start its service. */
const POLICY = '/usr/sbin/policy-rc.d'
const UPDATE = ['apt-get', 'update', '-qq']
const INSTALL = [
  'apt-get',
  'install',
  '-y',
  '-qq',
  '--no-install-recommends',
  '-o',
  'Dpkg::Options::=--force-confold',
]

/** A requirement of the tests is missing; the message says how to install it. */
class TestRefusal extends Error {}

type Totals = { passed: number; failed: number; skipped: number; reasons: string[] }

/** The last line: `12 passed, 0 failed`, and what was skipped, with the reasons. */
const summaryOf = ({ passed, failed, skipped, reasons }: Totals): string => {
  const line = `${passed} passed, ${failed} failed`
  if (skipped === 0) return line
  const why = [...new Set(reasons)].join('; ')
  return `${line}, ${skipped} skipped${why === '' ? '' : ` (${why})`}`
}

const isRoot = process.getuid?.() === 0

/** Runs a program to its end; returns whether it succeeded. */
const run = ([program = '', ...args]: readonly string[]): boolean => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

/** The browser journeys use Debian's Chromium. Returns the problem, or undefined. */
const ensureChromium = (): string | undefined => {
  if (existsSync(CHROMIUM)) return undefined
  const how = `The browser tests need ${CHROMIUM}. On Debian run, as root: apt-get update && apt-get install chromium`
  if (!isRoot) return how
  process.stdout.write('Installing Chromium for the browser tests …\n')
  const isInstalled = run(UPDATE) && run([...INSTALL, 'chromium'])
  return isInstalled && existsSync(CHROMIUM) ? undefined : how
}

/** If it cannot be installed, its test says so and is skipped. */
const ensureOldestPostgres = (): void => {
  if (!isRoot || existsSync(OLDEST.program) || !run(['apt-cache', 'show', '--quiet=2', OLDEST.package]))
    return
  process.stdout.write('Installing PostgreSQL 15 for the test of external databases …\n')
  if (!existsSync(NO_CLUSTER)) {
    mkdirSync(dirname(NO_CLUSTER), { recursive: true })
    writeFileSync(NO_CLUSTER, 'create_main_cluster = false\n')
  }
  run([...INSTALL, OLDEST.package])
}

/**
 * OpenLDAP, for the tests of the directory. The package must not start its service: it gets no configuration,
 * and a policy that forbids starting while it is installed, unless the machine has a policy of its own.
 */
const ensureSlapd = (): string | undefined => {
  if (SLAPD.programs.every(existsSync)) return undefined
  const how = `The tests of the directory need ${SLAPD.programs.join(', ')}. On Debian run, as root: apt-get update && apt-get install ${SLAPD.packages.join(' ')}`
  if (!isRoot) return how
  process.stdout.write('Installing OpenLDAP for the tests of the directory …\n')
  spawnSync('debconf-set-selections', { input: 'slapd slapd/no_configuration boolean true\n' })
  const isOwnPolicy = !existsSync(POLICY)
  if (isOwnPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const isInstalled = run(UPDATE) && run([...INSTALL, ...SLAPD.packages])
    return isInstalled && SLAPD.programs.every(existsSync) ? undefined : how
  } finally {
    if (isOwnPolicy) rmSync(POLICY, { force: true })
  }
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
    // A file that could not be loaded, or whose set-up failed, has no failed test.
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
  // vitest's exit code can mean failure although no test failed.
  if (totals.failed === 0 && Number(process.exitCode ?? 0) !== 0) totals.failed = 1
  await vitest.close()
  return totals
}

const prepare = async (): Promise<void> => {
  const problem = ensureChromium() ?? ensureSlapd()
  if (problem !== undefined) throw new TestRefusal(problem)
  ensureOldestPostgres()
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
