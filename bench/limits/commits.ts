/** What the machine needs to write and commit one row: the lower bound for every post. */
import pg from 'pg'
import { spreadOf } from '../figures.ts'
import type { Target } from '../target.ts'

const SECONDS = 3

export type Commits = {
  /** Milliseconds of one commit, alone. */
  alone: number
  /** With eight clients: commits per second, and CPU milliseconds of PostgreSQL for each. */
  perSecond: number
  cpu: number
}

const insertFor = async (client: pg.Client, seconds: number, took: number[]): Promise<void> => {
  const until = performance.now() + seconds * 1000
  const query = {
    name: 'one-row',
    text: 'insert into bench_commits (text) values ($1)',
    values: ['x'.repeat(200)],
  }
  while (performance.now() < until) {
    const began = performance.now()
    await client.query(query)
    took.push(performance.now() - began)
  }
}

/**
 * Measures in a separate table, which is removed afterwards. Undefined if there is no access to the database.
 */
export const measureCommits = async (target: Target): Promise<Commits | undefined> => {
  if (!target.databaseUrl) return undefined
  const connect = async () => {
    const client = new pg.Client({ connectionString: target.databaseUrl })
    await client.connect()
    return client
  }
  const clients = await Promise.all(Array.from({ length: 8 }, connect))
  const [first] = clients
  if (!first) throw new Error('no connection')
  try {
    await first.query(
      'create table if not exists bench_commits (id bigint generated always as identity, text text)',
    )
    const alone: number[] = []
    await insertFor(first, SECONDS, alone)
    const together: number[] = []
    const before = target.used().database
    await Promise.all(clients.map((client) => insertFor(client, SECONDS, together)))
    const cpu = target.used().database - before
    return {
      alone: spreadOf(alone).p50,
      perSecond: together.length / SECONDS,
      cpu: (cpu * 1000) / together.length,
    }
  } finally {
    await first.query('drop table if exists bench_commits')
    for (const client of clients) await client.end()
  }
}
