/**
 * One statement writes all posts that arrive at the same time, and they share one commit (core/lanes.ts). A
 * locked channel, or a connection that does not answer, delays only its own channels. Everything that is
 * committed is published, once and in the order of the commits. If the answer of the database is lost, the
 * channels of the batch are closed until the server knows what was written.
 */
import { type Actor, announce, type Context } from '../../../../core/context.ts'
import { AnswerLost, isAgain, isLocked, WRITING } from '../../../../core/db.ts'
import { Fault } from '../../../../core/faults.ts'
import { type Answer, busy, inLanes } from '../../../../core/lanes.ts'
import { perServer, type Server } from '../../../../core/server.ts'
import { noteActivity } from '../../../people/presence/index.ts'
import { rateOf } from './rate.ts'
import type { NewRow } from './row.ts'
import { findOutcomes, type Outcome, writePosts } from './store.ts'
import { type Told, tellPosted } from './tell.ts'

/** A row, and the data to publish it after the commit. */
export type Writing = Omit<Told, 'post'> & {
  row: NewRow
  /** The author. */
  actor: Actor
  postAt(createAt: number): Told['post']
}

/**
 * The most characters of messages and properties in a batch. Sending and publishing them takes some
 * milliseconds of one turn.
 */
const MOST_CHARACTERS = 100_000
const charactersOf = ({ message, props }: NewRow): number =>
  message.length + (Object.keys(props).length === 0 ? 0 : JSON.stringify(props).length)

/** A statement that the database aborted because of a deadlock has written nothing, so it is tried again. */
const write = async (server: Server, rows: readonly NewRow[]): Promise<Outcome[]> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await server.db.writing((db) => writePosts(server, db, rows, Date.now()))
    } catch (error) {
      if (!isAgain(error) || tries === 4) throw error
    } finally {
      // Always: if the connection breaks during the commit, nobody knows whether the posts were written.
      for (const { channel_id } of rows) server.channelCache.forget(channel_id)
    }
  }
}

/**
 * The outcomes of rows whose answer was lost. Writes nothing: a caller who gets 503 sends the request again.
 */
const find = async (server: Server, rows: readonly NewRow[], lost: AnswerLost) => {
  const notNow = new Fault('unavailable', undefined, lost)
  const isOver = await lost.isOver
  const outcomes = isOver ? await server.db.insist(() => findOutcomes(server, rows, Date.now())) : undefined
  for (const { channel_id } of rows) server.channelCache.forget(channel_id)
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
    // A fault of the database affects every row. Any other error may come from a single row, so each is tried
    // alone.
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

const tell = (server: Server, { postAt, author, actor, setOnline }: Writing, outcome: Outcome) => {
  if (outcome.create_at === null) return
  const post = postAt(outcome.create_at)
  const say = (context: Context) => tellPosted(context, { post, author, setOnline }, outcome)
  announce(server, { actor }, say, outcome.stamp)
  // Writing sets a person online, with or without a socket. A status that they set by hand stays.
  if (setOnline)
    server.background.run(
      noteActivity(server, actor.userId, true),
      'the activity of an author could not be noted',
    )
}

const batcherOf = perServer('posts being written', 'puts requests of this server together', (server) =>
  inLanes<Writing, Outcome>({
    placeOf: ({ row }) => row.channel_id,
    run: (asked, stepAside) =>
      run(
        server,
        asked.map(({ row }) => row),
        stepAside,
      ),
    settled: (writing, outcome) => tell(server, writing, outcome),
    // The caller gets 503, and repeats with the same pending_post_id.
    late: () => new Fault('unavailable'),
    waitMs: server.db.patience.postMs,
    atOnce: WRITING,
    size: { of: ({ row }) => charactersOf(row), most: MOST_CHARACTERS },
    closed: (channelId) => server.doubts.of(channelId),
  }),
)

/** Writes one post in a batch with others. Resolves after the commit, when publishing has begun. */
export const writeTogether = async (server: Server, one: Writing): Promise<Outcome> => {
  if (!rateOf(server).admit(one.row.channel_id)) throw new Fault('posts.slow_down')
  return await batcherOf(server)(one)
}
