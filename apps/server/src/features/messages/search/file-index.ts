/** The searchable text of a file: its name, whole and in parts, and its content. */
import type { Context } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { addJobs } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { type IndexedFile, saveIndexedFiles } from './file-store.ts'
import { type Index, indexQueue } from './indexer.ts'
import { type Pace, paced } from './pace.ts'
import { vocabularyOf } from './vocabulary.ts'
import { FILES, readWaitingFiles, type WaitingFile } from './waiting-store.ts'
import { indexableOf } from './words.ts'

/** In letters. PostgreSQL stores a megabyte of words at most, and each word may have three forms. */
const LONGEST = 250_000

/** People look for `Bericht_2026-final.pdf` by any of its words. */
const partsOf = (name: string): string => `${name}\n${name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')}`

const indexed = async ({ file_id, name, content }: WaitingFile, pace: Pace): Promise<IndexedFile> => {
  const text = `${partsOf(name)}\n${content ?? ''}`.slice(0, LONGEST)
  return { file_id, ...(await indexableOf(text, pace)) }
}

const index = async (server: Server, db: Db, rows: readonly WaitingFile[]) => {
  if (rows.length === 0) return undefined
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

const save: Index['save'] = async (server, db, ids) => ({
  rest: [],
  committed: await index(server, db, await readWaitingFiles(db, ids)),
})

export const fileQueue = indexQueue(FILES, {
  name: 'file',
  atOnce: 5,
  save,
  // At least its name can be found.
  async giveUp(server, db, id) {
    const files = await readWaitingFiles(db, [id])
    return await index(
      server,
      db,
      files.map((file) => ({ ...file, content: null })),
    )
  },
  indexed: () => undefined,
})

/** In the transaction that changes files. A file that is not attached yet will be indexed when it is. */
export const indexFiles = (context: Context, ids: readonly string[]) =>
  addJobs(context, fileQueue, [{ payload: { ids } }])
