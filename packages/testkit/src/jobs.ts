/** Jobs that wait for their time. */
import type { TestServer } from './server.ts'

/** As if the time had come for all that waits in a queue: runs it, and waits until it has run. */
export const hurry = async ({ app }: TestServer, queue: string): Promise<void> => {
  await app.pool.run('update queue_jobs set run_at = 0 where queue = $1 and leased_until = 0', [queue])
  await app.server.queues.flush(queue)
}
