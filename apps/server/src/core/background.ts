/** Work that an operation causes and nobody waits for. A failure is logged; a stop lets it finish while the database is still there. */
import type { Log } from './log.ts'

export type Background = {
  /** Lets `work` go on; where it fails, `failed` is said in the log. */
  run(work: Promise<unknown>, failed: string): void
  /** Resolves when nothing is under way any more. */
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
      // What is under way may cause more.
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
