/**
 * `npm run bench [-- OPTIONS] [SCENARIO …]`: measures and prints the table. bench/README.md explains it.
 *
 * --short          small data, beside bench/record.json if it exists; fails if a ratio is twice as bad, and
 *                  still is when its scenario is looked at twice more
 * --record         writes the figures of record: docs/reference/performance.md, or for --short the median of
 *                  three runs to bench/record.json
 * --data FOLDER    keeps the data in a folder, and reuses it the next time
 * --json FILE      writes the figures
 * --flags "…"      flags of Node for the server, for example --cpu-prof
 * --target URL     a running, empty server of API v4; with --pids SERVER,DATABASE its CPU is known
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Scenario } from './bench.ts'
import { type Figure, median, ratioOf } from './figures.ts'
import { measureCommits } from './limits/commits.ts'
import { measurePage } from './limits/ready.ts'
import { Worker } from './load/crew.ts'
import { compare, inPage, ratiosOf, tableOf } from './report.ts'
import { passwords, reconnect } from './scenarios/arrivals.ts'
import { day } from './scenarios/day.ts'
import { fanout } from './scenarios/fanout.ts'
import { growth } from './scenarios/growth.ts'
import { jobs } from './scenarios/jobs.ts'
import { idle } from './scenarios/memory.ts'
import { people } from './scenarios/people.ts'
import { posts } from './scenarios/posts.ts'
import { opened, search } from './scenarios/reads.ts'
import { imported } from './scenarios/search.ts'
import { start } from './scenarios/start.ts'
import { keepSeed, seed, seedIn, sizes } from './seed.ts'
import { runningTarget, startPlausch, type Target } from './target.ts'

/**
 * Sockets first, because later their memory is allocated already. Then reading scenarios; those that write to
 * the data come last.
 */
const scenarios: Scenario[] = [
  idle,
  search,
  opened,
  reconnect,
  people,
  posts,
  fanout,
  jobs,
  passwords,
  start,
  imported,
  growth,
  day,
]
const RECORD = join(import.meta.dirname, 'record.json')
const PAGE = join(import.meta.dirname, '../docs/reference/performance.md')
/** The short record is the median of so many runs. */
const RECORD_TIMES = 3
/**
 * A scenario fails if its ratio is bad at each of so many looks: for a while, the machine may be busy with
 * something else.
 */
const LOOKS = 3

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    data: { type: 'string' },
    json: { type: 'string' },
    flags: { type: 'string', default: '' },
    target: { type: 'string' },
    pids: { type: 'string', default: '0,0' },
  },
})

/** The ratios to compare with: none, if this run makes the record or compares nothing. */
const recorded =
  options.short && !options.record && existsSync(RECORD)
    ? (JSON.parse(readFileSync(RECORD, 'utf8')) as Record<string, number>)
    : {}
const say = (line: string) => void process.stdout.write(`${line}\n`)
const isShort = options.short
const wanted = scenarios.filter(({ name, isInShort, isOnlyNamed = false }) =>
  positionals.length > 0 ? positionals.includes(name) : !isOnlyNamed && (!isShort || isInShort),
)

const openTarget = async (data: string): Promise<Target> => {
  if (options.target === undefined) return await startPlausch(data, options.flags.split(' ').filter(Boolean))
  const [server = 0, database = 0] = options.pids.split(',').map(Number)
  return runningTarget(options.target.replace(/\/$/, ''), server, database)
}

const measure = async (bench: Bench, looked: readonly Scenario[]): Promise<Figure[]> => {
  const figures: Figure[] = []
  for (const { name, run } of looked) {
    say(`${name}`)
    figures.push(...(await run(bench)))
  }
  return figures
}

/** The median of each figure over several runs, including its limit. */
const medianOf = (runs: Figure[][]): Figure[] =>
  (runs[0] ?? []).map((first, n) => {
    const all = runs.map((run) => run[n] ?? first)
    const limits = all.flatMap(({ limit }) => limit ?? [])
    return {
      ...first,
      value: median(all.map(({ value }) => value)),
      ...(limits.length === 0 ? {} : { limit: median(limits) }),
    }
  })

/** The same figures, each from the look that has the better ratio. */
const betterOf = (before: readonly Figure[], after: readonly Figure[]): Figure[] =>
  before.map((first) => {
    const second = after.find(({ name }) => name === first.name)
    return second && (ratioOf(second) ?? 0) < (ratioOf(first) ?? 0) ? second : first
  })

const limitsOf = async (target: Target, workers: Worker[]) => {
  const commits = await measureCommits(target)
  const page = await measurePage(workers)
  if (commits)
    say(
      `limits: one row ${commits.alone.toFixed(2)} ms alone, ${commits.perSecond.toFixed(0)}/s from 8, ${commits.cpu.toFixed(3)} ms CPU`,
    )
  say(`        a ready page of 20 kB ${page.perSecond.toFixed(0)}/s, ${page.cpu.toFixed(3)} ms CPU`)
  return { commits, page }
}

const run = async (folder: string): Promise<Figure[]> => {
  const target = await openTarget(folder)
  const [asking, listening] = [new Worker(), new Worker()]
  const workers = [asking, listening]
  try {
    const size = isShort ? sizes.short : sizes.full
    const file = join(folder, 'bench-seed.json')
    let known = seedIn(file, size)
    if (!known) {
      known = await seed(target.url, size, workers, say)
      keepSeed(file, known)
    }
    const bench = { target, seed: known, asking, listening, isShort, say }
    const look = async (looked: readonly Scenario[]): Promise<Figure[]> => {
      const runs: Figure[][] = []
      for (let n = 0; n < (isShort && options.record ? RECORD_TIMES : 1); n += 1) {
        const limits = await limitsOf(target, workers)
        runs.push(await measure({ ...bench, limits }, looked))
      }
      return medianOf(runs)
    }
    let figures = await look(wanted)
    for (let n = 1; n < LOOKS; n += 1) {
      const { failed } = compare(figures, recorded)
      const doubtful = wanted.filter(({ name }) => failed.some((figure) => figure.startsWith(`${name}.`)))
      if (doubtful.length === 0) break
      say(`\nonce more, for ${failed.join(', ')}`)
      figures = betterOf(figures, await look(doubtful))
    }
    return figures
  } finally {
    for (const worker of workers) worker.end()
    await target.stop()
  }
}

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}; posts are spread over 20 channels`

const main = async (): Promise<number> => {
  const folder = options.data ?? (await mkdtemp(join(tmpdir(), 'plausch-bench-')))
  say(machine())
  try {
    const figures = await run(folder)
    say(`\n${tableOf(figures)}\n`)
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`)
    if (!isShort) {
      if (options.record) await writeFile(PAGE, inPage(await readFile(PAGE, 'utf8'), figures, machine()))
      return 0
    }
    if (options.record) await writeFile(RECORD, `${JSON.stringify(ratiosOf(figures), null, 2)}\n`)
    const { text, failed } = compare(figures, recorded)
    say(text)
    if (failed.length > 0) say(`twice as bad as recorded: ${failed.join(', ')}`)
    return failed.length > 0 ? 1 : 0
  } finally {
    if (options.data === undefined) await rm(folder, { recursive: true, force: true })
  }
}

process.exit(await main())
