/** Logs a failure that repeats: at once, then once a minute with the count, and when it is over. */

const EVERY_MS = 60_000

type Lines = {
  warn(o: object, m: string): void
  error(o: object, m: string): void
  info(o: object, m: string): void
}

export type Trouble = {
  /** Call on failure. Logs the details of the first failure of a minute. */
  failed(details: object): void
  /** Call on success. Logs that only after a failure; otherwise costs nothing. */
  works(): void
}

/** `failing` and `working` are what the log says; `failing` as a warning unless `level` says error. */
export const openTrouble = (
  log: Lines,
  { failing, working, level = 'warn' }: { failing: string; working: string; level?: 'warn' | 'error' },
): Trouble => {
  let times = 0
  let unsaid = 0
  let saidAt = 0
  let isGoing = false
  return {
    failed(details) {
      times += 1
      unsaid += 1
      if (isGoing && performance.now() - saidAt < EVERY_MS) return
      log[level](isGoing ? { ...details, times: unsaid } : details, failing)
      isGoing = true
      unsaid = 0
      saidAt = performance.now()
    },
    works() {
      if (!isGoing) return
      log.info({ times }, working)
      isGoing = false
      times = 0
      unsaid = 0
    },
  }
}
