/** Runs jobs before they are due. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestServer } from './server.ts'

/** Runs all waiting jobs of a queue as if they were due, and waits until they have run. */
export const hurry = async ({ app }: TestServer, queue: string): Promise<void> => {
  await app.pool.run('update queue_jobs set run_at = 0 where queue = $1 and leased_until = 0', [queue])
  await app.server.queues.flush(queue)
  // A job whose own time had come may have begun before, and flush does not wait for it.
  const running = () =>
    app.pool.row('select from queue_jobs where queue = $1 and leased_until > 0 limit 1', [queue])
  while (await running()) await sleep(5)
}
