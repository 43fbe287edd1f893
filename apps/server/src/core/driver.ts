/**
 * The only place that makes connections to PostgreSQL (`architecture.test.ts` checks it). Each connection has
 * an `error` listener for its whole life: the driver emits an error when a connection breaks, and an error
 * without a listener ends the process. A statement that was running is rejected as well.
 */
import pg from 'pg'

/** How long a connection is silent before the kernel probes the other side (TCP keep-alive). */
const KEEP_ALIVE_MS = 10_000

const heard = () => undefined

class Heard extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', heard)
  }
}

const lasting = { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS, application_name: 'plausch' }

/**
 * A connection outside of any pool, not yet open. If it is lost, running statements reject, and it emits
 * `error` and `end`.
 */
export const newClient = (config: pg.ClientConfig): pg.Client => new Heard({ ...lasting, ...config })

/** `nameOf` gives each connection a unique `application_name`. */
export const newPool = (config: pg.PoolConfig, nameOf?: () => string): pg.Pool => {
  class Named extends Heard {
    constructor(each: pg.ClientConfig) {
      super(nameOf ? { ...each, application_name: nameOf() } : each)
    }
  }
  return new pg.Pool({ ...lasting, ...config, Client: Named as unknown as new () => pg.ClientBase })
}

/**
 * Was the connection lost, or did the answer take too long (`query_timeout`)? Then it is not known whether
 * the statement took effect.
 */
export const isLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code = '', severity = '' } = error as { code?: string; severity?: string }
  if (severity === 'ERROR') return false
  return severity !== '' || /^(E[A-Z_]+|08...|57P0.)$/.test(code) || lost.test(error.message)
}

/**
 * Messages of the driver that have no code. "not queryable" means that the connection was lost between two
 * queries of a transaction.
 */
const lost =
  /Connection terminated|not queryable|Query read timeout|timeout expired|timeout exceeded when trying to connect/
