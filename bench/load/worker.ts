/**
 * A process of the load generator: runs tasks and returns their results. crew.ts starts it and sends the
 * tasks.
 */
import { type Churn, Listeners } from './listeners.ts'
import { type Order, request } from './requests.ts'

/** The tasks of a worker. */
export const tasks = {
  request: (order: Order) => request(order),
  open: ({ url, tokens, atOnce }: { url: string; tokens: string[]; atOnce?: number }) =>
    listeners.open(url, tokens, atOnce),
  churn: (order: Churn) => listeners.churn(order),
  delivered: async (_: null) => listeners.delivered(),
  take: async (_: null) => listeners.take(),
  close: async (_: null) => listeners.close(),
  cpu: async (_: null) => process.cpuUsage(),
}

export type Tasks = typeof tasks
export type Question = { id: number; name: keyof Tasks; order: unknown }
export type Reply = { id: number; result?: unknown; error?: string }

const listeners = new Listeners()

process.on('message', async ({ id, name, order }: Question) => {
  const run = tasks[name] as (order: unknown) => Promise<unknown>
  const reply: Reply = await run(order).then(
    (result) => ({ id, result }),
    (error: unknown) => ({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  )
  process.send?.(reply)
})
process.on('disconnect', () => process.exit(0))
