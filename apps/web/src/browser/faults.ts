/** Faults of this page: which of them are failed loads, and what of them goes into the console. */

/** A part of the page whose code could not be loaded: the server has a new version, or cannot be reached. */
export class NotLoaded extends Error {
  /** Makes the next use of the part load it anew. */
  readonly renew: () => void

  constructor(cause: unknown, renew: () => void) {
    super('a part of the page could not be loaded', { cause })
    this.name = 'NotLoaded'
    this.renew = renew
  }
}

/** What Chrome, Firefox, Safari and the loader of styles say of a failed import. */
const FAILED_IMPORT = /dynamically imported module|Importing a module script failed|Unable to preload CSS/

export const isNotLoaded = (error: unknown): boolean =>
  error instanceof NotLoaded || (error instanceof Error && FAILED_IMPORT.test(error.message))

/** Styles that failed are not asked for again: a second try would show the part without them. */
export const needsReload = (error: unknown): boolean =>
  error instanceof NotLoaded && error.cause instanceof Error && /CSS/.test(error.cause.message)

export const reloadPage = (): void => location.reload()

const FRAME = /^\s*at .+:\d+:\d+\)?$|@.+:\d+:\d+$/

/** Where in the program it happened. */
const framesOf = ({ stack = '', message }: Error): string =>
  stack
    .replace(message, '')
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n')

/**
 * Writes a fault into the console: its kind and where it happened. Its words may quote a message, so they
 * stay out, except those of a failed load.
 */
export const logFault = (part: string, error: unknown, components = ''): void => {
  const kind = error instanceof Error ? error.name : typeof error
  const words = error instanceof NotLoaded && error.cause instanceof Error ? error.cause.message : ''
  const frames = error instanceof Error ? framesOf(error) : ''
  console.error(`This part of the page failed: ${part}.`, [kind, words, frames, components].join('\n'))
}
