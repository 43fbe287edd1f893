/**
 * The only place where connections to PostgreSQL are made (`architecture.test.ts` checks it). Each has an `error` listener from its first moment to
 * its last: the driver emits an error for every connection that breaks, and one that nobody listens to would end the process. Whoever has a statement
 * under way hears of the loss by its rejection as well.
 */
import pg from 'pg'

/** How long a connection may be silent before the system asks whether the other side still exists. */
const KEEP_ALIVE_MS = 10_000

const heard = () => undefined

class Heard extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', heard)
  }
}

const lasting = { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS, application_name: 'plausch' }

/** A connection that belongs to no pool; it is not open yet. Its loss rejects what is under way, and emits `error` and `end`. */
export const newClient = (config: pg.ClientConfig): pg.Client => new Heard({ ...lasting, ...config })

/** `nameOf` gives each connection an `application_name` of its own. */
export const newPool = (config: pg.PoolConfig, nameOf?: () => string): pg.Pool => {
  class Named extends Heard {
    constructor(each: pg.ClientConfig) {
      super(nameOf ? { ...each, application_name: nameOf() } : each)
    }
  }
  return new pg.Pool({ ...lasting, ...config, Client: Named as unknown as new () => pg.ClientBase })
}

/** The driver has lost the connection, or has waited too long for its answer (`query_timeout`): whether the statement took effect is not known. */
export const isLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code = '', severity = '' } = error as { code?: string; severity?: string }
  if (severity === 'ERROR') return false
  return severity !== '' || /^(E[A-Z_]+|08...|57P0.)$/.test(code) || lost.test(error.message)
}

/** What the driver says without a code: "not queryable" is a connection that was lost between two queries of a transaction. */
const lost =
  /Connection terminated|not queryable|Query read timeout|timeout expired|timeout exceeded when trying to connect/
