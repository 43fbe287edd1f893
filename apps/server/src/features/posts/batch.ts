/** Posts that arrive at the same time are written by one statement, and share one commit (core/together.ts). */
import { isAgain } from '../../core/db.ts'
import { Fault } from '../../core/faults.ts'
import { perServer, type Server } from '../../core/server.ts'
import { together } from '../../core/together.ts'
import { type NewRow, type Outcome, writePosts } from './batch-store.ts'

/** A statement that the database gave up for another's (a deadlock) has written nothing, and is tried again. */
const write = async (server: Server, rows: readonly NewRow[]): Promise<Outcome[]> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await writePosts(server, server.db, rows, Date.now())
    } catch (error) {
      if (!isAgain(error) || tries === 4) throw error
    } finally {
      // Written or not: a connection that is lost at the commit hides which.
      for (const { channel_id } of rows) server.kept.forget(channel_id)
    }
  }
}

const alone = (server: Server, row: NewRow): Promise<Outcome | Error> =>
  write(server, [row]).then(
    ([outcome]) => outcome ?? new Error('a post came back without an outcome'),
    (error: Error) => error,
  )

const batcherOf = perServer((server) =>
  together<NewRow, Outcome>(async (rows) => {
    try {
      return await write(server, rows)
    } catch (error) {
      // What the database cannot do now it cannot do for one either. Anything else may be one row's fault: each is tried alone.
      if (error instanceof Fault || rows.length === 1) throw error
      const outcomes: (Outcome | Error)[] = []
      for (const row of rows) outcomes.push(await alone(server, row))
      return outcomes
    }
  }),
)

/** Writes one post together with those that arrive at the same time; resolves when it is committed. */
export const writeTogether = (server: Server, row: NewRow): Promise<Outcome> => batcherOf(server)(row)
