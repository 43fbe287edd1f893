/**
 * PostgreSQL cannot start until the operator changes something. The message is for the operator: complete
 * sentences that name the folder and the cure. It may be printed as it is, without a stack trace.
 */
export class PostgresRefusal extends Error {
  override name = 'PostgresRefusal'
  /** Another server uses the data folder: that may pass without the operator. */
  readonly isInUse: boolean

  constructor(message: string, { isInUse = false, ...options }: ErrorOptions & { isInUse?: boolean } = {}) {
    super(message, options)
    this.isInUse = isInUse
  }
}

/** The code of a system error ("ENOSPC"), or an empty string for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
