/** What every scenario is given, and how it measures. */
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
  /** Two processes of the generator: one asks, one listens. Where nobody listens, both ask. */
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
  /** Runs only where it is named: it takes long, and leaves the data changed. */
  isOnlyNamed?: boolean
  run(bench: Bench): Promise<Figure[]>
}

/** CPU seconds of the server, its database and the generator, and the time it took. */
export type Cost = { server: number; database: number; generator: number; seconds: number }

/** So long what a request causes beside its answer (the search index, for one) may go on: its CPU belongs to the request. */
const TAIL_MS = 400

/** Runs work and tells what it cost. */
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

/** CPU milliseconds of server and database for each of so many. */
export const cpuEach = ({ server, database }: Cost, count: number): number =>
  ((server + database) * 1000) / count

/** How CPU is divided, for the reader of the log. */
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

/** After a warm-up so long without a delivery means that all have come. */
export const WARM_MS = 300

/** Waits until so many deliveries have come, or none came for two seconds: the rest is lost. */
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

/** Spread of the milliseconds that rounds took. */
export const tookOf = ({ took }: Done): Spread => spreadOf(took)
