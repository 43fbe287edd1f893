/** What every scenario gets, and how it measures. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure, Spread } from './figures.ts'
import { spreadOf } from './figures.ts'
import type { Commits } from './limits/commits.ts'
import type { Worker } from './load/crew.ts'
import type { Tally } from './load/listeners.ts'
import type { Done } from './load/requests.ts'
import type { Seed } from './seed.ts'
import type { Target } from './target.ts'

export type Bench = {
  target: Target
  seed: Seed
  /** Two processes of the load generator: one sends requests, one listens. Without listeners, both send. */
  asking: Worker
  listening: Worker
  limits: { commits: Commits | undefined; page: { cpu: number; perSecond: number } }
  /** Smaller and shorter. */
  isShort: boolean
  say(line: string): void
}

export type Scenario = {
  name: string
  isInShort: boolean
  /** Runs only if it is named: it takes long, and changes the data. */
  isOnlyNamed?: boolean
  run(bench: Bench): Promise<Figure[]>
}

/** CPU seconds of the server, its database and the generator, and the elapsed time. */
export type Cost = { server: number; database: number; generator: number; seconds: number }

/**
 * How long to count the background work of requests (for example the search index): its CPU belongs to the
 * request.
 */
const TAIL_MS = 400

/** Runs work and returns its cost. */
export const costOf = async <T>(bench: Bench, work: () => Promise<T>): Promise<{ result: T; cost: Cost }> => {
  const { target, asking, listening } = bench
  const before = target.used()
  const generator = asking.cpu() + listening.cpu()
  const began = performance.now()
  const result = await work()
  const seconds = (performance.now() - began) / 1000
  await sleep(TAIL_MS)
  const after = target.used()
  const cost = {
    server: after.server - before.server,
    database: after.database - before.database,
    generator: asking.cpu() + listening.cpu() - generator,
    seconds,
  }
  return { result, cost }
}

/** CPU milliseconds of server and database per operation. */
export const cpuEach = ({ server, database }: Cost, count: number): number =>
  ((server + database) * 1000) / count

/** Prints how CPU is divided, for readers of the log. */
export const explain = (
  { server, database, generator }: Cost,
  count: number,
  unit: 'ms' | 'µs' = 'ms',
): string => {
  const factor = unit === 'ms' ? 1e3 : 1e6
  const each = (seconds: number) => ((seconds * factor) / count).toFixed(unit === 'ms' ? 2 : 1)
  return `server ${each(server)} + database ${each(database)} ${unit}, generator ${each(generator)} ${unit}`
}

/** Refused requests make figures worthless. */
export const expectAll = ({ failed }: Done): void => {
  if (Object.keys(failed).length > 0) throw new Error(`requests were refused: ${JSON.stringify(failed)}`)
}

/** After a warm-up, so long without a delivery means that all have arrived. */
export const WARM_MS = 300

/** Waits until so many deliveries have arrived, or none arrived for two seconds: the others are lost. */
export const arrived = async (listening: Worker, expected: number, quietMs = 2000): Promise<Tally> => {
  let [seen, since] = [-1, performance.now()]
  for (;;) {
    const delivered = await listening.ask('delivered', null)
    if (delivered >= expected) break
    if (delivered !== seen) [seen, since] = [delivered, performance.now()]
    else if (performance.now() - since > quietMs) break
    await sleep(5)
  }
  return await listening.ask('take', null)
}

export const shown = ({ p50, p95, p99, max }: Spread): string =>
  `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`

/** The spread of the times of rounds in milliseconds. */
export const tookOf = ({ took }: Done): Spread => spreadOf(took)
