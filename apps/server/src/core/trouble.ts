/** What fails again and again for as long as something is away: said at once, then once a minute with how often it was, and when it is over. */

const EVERY_MS = 60_000

type Lines = {
  warn(o: object, m: string): void
  error(o: object, m: string): void
  info(o: object, m: string): void
}

export type Trouble = {
  /** It failed. The details of the first time of a minute are logged. */
  failed(details: object): void
  /** It works. Says so where it had failed before; costs nothing else. */
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
