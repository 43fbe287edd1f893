/** What of a file can be found: its name, whole and in its parts, and what is written in it. */
import type { Db } from '../../core/db.ts'
import { effect } from '../../core/effects.ts'
import { perServer, type Server } from '../../core/server.ts'
import {
  countWaitingFiles,
  type IndexedFile,
  saveIndexedFiles,
  sweepFiles,
  takeWaitingFiles,
  type WaitingFile,
} from './file-store.ts'
import { indexerOf } from './indexer.ts'
import { type Pace, paced } from './pace.ts'
import { vocabularyOf } from './vocabulary.ts'
import { indexableOf } from './words.ts'

/** Letters; PostgreSQL takes a megabyte of words at the most, and each can be there in three forms. */
const LONGEST = 250_000

/** `Bericht_2026-final.pdf` is looked for by any of its words. */
const partsOf = (name: string): string => `${name}\n${name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')}`

const indexed = async ({ file_id, name, content }: WaitingFile, pace: Pace): Promise<IndexedFile> => {
  const text = `${partsOf(name)}\n${content ?? ''}`.slice(0, LONGEST)
  return { file_id, ...(await indexableOf(text, pace)) }
}

const index = async (server: Server, db: Db, rows: readonly WaitingFile[]) => {
  const pace = paced()
  const files: IndexedFile[] = []
  for (const row of rows) files.push(await indexed(row, pace))
  await saveIndexedFiles(db, files)
  return await vocabularyOf(server).learn(
    db,
    files.map(({ words }) => words),
    pace,
  )
}

export const fileIndexOf = perServer(
  'the indexer of files',
  'work of this server: what waits is in the database',
  (server) =>
    indexerOf(server, {
      name: 'file',
      atOnce: 5,
      count: countWaitingFiles,
      async take(db, limit) {
        const rows = await takeWaitingFiles(db, limit)
        return {
          count: rows.length,
          isMore: rows.length === limit,
          committed: rows.length > 0 ? await index(server, db, rows) : undefined,
        }
      },
      sweep: sweepFiles,
      // Its name is found, at least.
      async giveUp(db) {
        const [row] = await takeWaitingFiles(db, 1)
        if (row) await index(server, db, [{ ...row, content: null }])
        return row?.file_id
      },
    }),
)

/** A file waits to be indexed. */
export const wakeFileIndex = effect<Record<string, never>>('search.wake_files', (server) =>
  fileIndexOf(server).wake(),
)
