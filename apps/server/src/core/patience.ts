/**
 * How long a server waits for its database, in milliseconds. Tests of a database that fails give shorter
 * times, because they wait for them; every other server has these.
 */
export const PATIENCE = {
  /** How long to wait for a connection: until one is free, or a new one is open. */
  connectMs: 10_000,
  /** The database aborts a statement after this time. */
  statementMs: 25_000,
  /**
   * If no answer comes at all (the database is stopped, or the network is cut), the connection is dropped and
   * the caller gets 503.
   */
  silentMs: 28_000,
  /** The same two for the statement that writes posts, which others wait for. */
  writingMs: 8000,
  writingSilentMs: 10_000,
  /** How long a post waits for its channel and the database. */
  postMs: 20_000,
  /**
   * A commit takes milliseconds. After this time without an answer it is in doubt, and another connection asks
   * the database.
   */
  commitMs: 5000,
  /** How long a request waits for the outcome of its commit. */
  doubtMs: 10_000,
  /** How often the connection that holds the database is checked, and how long its answer may take. */
  beatMs: 10_000,
  beatSilentMs: 10_000,
  /** How long until a server tries again to take a database that another one holds. */
  holdAgainMs: 250,
} as const

export type Patience = { readonly [Name in keyof typeof PATIENCE]: number }
