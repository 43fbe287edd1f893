/**
 * Posts that arrive at the same time are written by one statement, and share one commit (core/lanes.ts). A channel whose row is locked, or a connection
 * that does not answer, holds up its own channels only. Whatever is committed is told, once and in the order of the commits: where the answer of the
 * database is lost, the channels of the batch are closed until it is known which of its posts were written.
 */
import { AnswerLost, isAgain, isLocked, WRITING } from '../../core/db.ts'
import { Fault } from '../../core/faults.ts'
import { type Answer, busy, inLanes } from '../../core/lanes.ts'
import { perServer, type Server } from '../../core/server.ts'
import { findOutcomes, type NewRow, type Outcome, writePosts } from './batch-store.ts'
import { rateOf } from './rate.ts'

/** A row, and how others hear of it once it is committed. */
export type Writing = { row: NewRow; tell(outcome: Outcome, createAt: number): void }

/** So long a post waits: for its channel, for the database. Whoever asked hears "not now", and asks again with the same pending_post_id. */
const WAIT_MS = 20_000
/** Characters of the messages and properties of a batch: what is sent, and told of it, takes some milliseconds of one turn. */
const MOST_CHARACTERS = 100_000
const charactersOf = ({ message, props }: NewRow): number =>
  message.length + (Object.keys(props).length === 0 ? 0 : JSON.stringify(props).length)

/** A statement that the database gave up for another's (a deadlock) has written nothing, and is tried again. */
const write = async (server: Server, rows: readonly NewRow[]): Promise<Outcome[]> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await server.db.writing((db) => writePosts(server, db, rows, Date.now()))
    } catch (error) {
      if (!isAgain(error) || tries === 4) throw error
    } finally {
      // Written or not: a connection that is lost at the commit hides which.
      for (const { channel_id } of rows) server.kept.forget(channel_id)
    }
  }
}

/** What became of rows whose answer was lost. Nothing is written again here: who hears "not now" asks again. */
const find = async (server: Server, rows: readonly NewRow[], lost: AnswerLost) => {
  const notNow = new Fault('unavailable', undefined, lost)
  const isOver = await lost.isOver
  const outcomes = isOver ? await server.db.insist(() => findOutcomes(server, rows, Date.now())) : undefined
  for (const { channel_id } of rows) server.kept.forget(channel_id)
  return rows.map((_, index) => outcomes?.[index] ?? notNow)
}

const run = async (
  server: Server,
  rows: readonly NewRow[],
  stepAside: () => void,
): Promise<Answer<Outcome>[]> => {
  try {
    return await write(server, rows)
  } catch (error) {
    if (error instanceof AnswerLost) {
      stepAside()
      return await find(server, rows, error)
    }
    if (isLocked(error)) return rows.map(() => busy)
    // What the database cannot do now it cannot do for one either. Anything else may be one row's fault: each is tried alone.
    if (error instanceof Fault || rows.length === 1) throw error
    const answers: Answer<Outcome>[] = []
    for (const row of rows) {
      answers.push(
        ...(await run(server, [row], stepAside).catch((cause: unknown) => [
          cause instanceof Error ? cause : new Error(String(cause)),
        ])),
      )
    }
    return answers
  }
}

const batcherOf = perServer((server) =>
  inLanes<Writing, Outcome>({
    placeOf: ({ row }) => row.channel_id,
    run: (asked, stepAside) =>
      run(
        server,
        asked.map(({ row }) => row),
        stepAside,
      ),
    settled({ tell }, outcome) {
      if (outcome.create_at !== null) tell(outcome, outcome.create_at)
    },
    late: () => new Fault('unavailable'),
    waitMs: WAIT_MS,
    atOnce: WRITING,
    size: { of: ({ row }) => charactersOf(row), most: MOST_CHARACTERS },
    closed: (channelId) => server.doubts.of(channelId),
  }),
)

/** Writes one post together with those that arrive at the same time; resolves when it is committed, and others are being told. */
export const writeTogether = async (server: Server, one: Writing): Promise<Outcome> => {
  if (!rateOf(server).admit(one.row.channel_id)) throw new Fault('posts.slow_down')
  return await batcherOf(server)(one)
}
