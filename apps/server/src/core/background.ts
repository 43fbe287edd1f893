/**
 * Work that an operation starts and nobody waits for. Failures are logged. A stop waits for the work while
 * the database is still there.
 */
import type { Log } from './log.ts'

export type Background = {
  /** Lets `work` run on; if it fails, logs `failed`. */
  run(work: Promise<unknown>, failed: string): void
  /** Resolves when no work is running any more. */
  finished(): Promise<void>
}

export const openBackground = (log: Log): Background => {
  const underWay = new Set<Promise<unknown>>()
  return {
    run(work, failed) {
      const watched = work
        .catch((error: unknown) => log.warn({ err: error }, failed))
        .finally(() => underWay.delete(watched))
      underWay.add(watched)
    },
    async finished() {
      // Running work may start more work.
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
