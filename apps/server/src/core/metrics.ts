/** Metrics for Prometheus. Labels are operation ids and statuses: never paths, ids or names of people. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  registry: Registry
  requests: Histogram<'operation' | 'status'>
  delivered: Counter
  closedSlow: Counter
  jobs: Counter<'queue' | 'outcome'>
  /** Registers a gauge whose value is read when Prometheus asks. */
  gauge(name: string, help: string, read: () => number): void
  /** The same, with one value per label value. */
  gaugeBy(name: string, help: string, label: string, read: () => Promise<[string, number][]>): void
}

export const openMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'plausch_' })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'plausch_request_seconds',
      help: 'Time from request to reply, by operation and status',
      labelNames: ['operation', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    delivered: new Counter({
      name: 'plausch_events_delivered_total',
      help: 'Events written to sockets',
      registers,
    }),
    closedSlow: new Counter({
      name: 'plausch_sockets_closed_slow_total',
      help: 'Sockets closed because their reader was too slow',
      registers,
    }),
    jobs: new Counter({
      name: 'plausch_jobs_total',
      help: 'Jobs that are done, deliveries that failed and will be tried again or not, and jobs that failed for good',
      labelNames: ['queue', 'outcome'],
      registers,
    }),
    gaugeBy(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          // Other metrics are all the more useful while the database is away.
          const values = await read().catch(() => [])
          this.reset()
          for (const [which, value] of values) this.set({ [label]: which }, value)
        },
      })
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
  }
}
