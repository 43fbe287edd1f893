/** Runs jobs before they are due. */
import type { TestServer } from './server.ts'

/** Runs all waiting jobs of a queue as if they were due, and waits until they have run. */
export const hurry = async ({ app }: TestServer, queue: string): Promise<void> => {
  await app.pool.run('update queue_jobs set run_at = 0 where queue = $1 and leased_until = 0', [queue])
  await app.server.queues.flush(queue)
}
