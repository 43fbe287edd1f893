/** What of a file can be found: its name, whole and in its parts, and what is written in it. */
import type { Db } from '../../core/db.ts'
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
import { vocabularyOf } from './vocabulary.ts'
import { folded, spelledOutWords } from './words.ts'

/** Letters; PostgreSQL takes a megabyte of words at the most, and each can be there in three forms. */
const LONGEST = 250_000

/** `Bericht_2026-final.pdf` is looked for by any of its words. */
const partsOf = (name: string): string =>
  [name, name.replaceAll(/[^\p{L}\p{N}]+/gu, ' '), name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')].join('\n')

const indexed = ({ file_id, name, content }: WaitingFile): IndexedFile => {
  const text = `${partsOf(name)}\n${content ?? ''}`.slice(0, LONGEST)
  return { file_id, text: folded(text), spelledOut: spelledOutWords(text) }
}

const save = async (server: Server, db: Db, files: readonly IndexedFile[]) => {
  await saveIndexedFiles(db, files)
  return await vocabularyOf(server).learn(
    db,
    files.flatMap(({ text, spelledOut }) => [text, spelledOut]),
  )
}

export const fileIndexOf = perServer((server) =>
  indexerOf(server, {
    name: 'file',
    atOnce: 20,
    count: countWaitingFiles,
    async take(db, limit) {
      const rows = await takeWaitingFiles(db, limit)
      return {
        count: rows.length,
        committed: rows.length > 0 ? await save(server, db, rows.map(indexed)) : undefined,
      }
    },
    sweep: sweepFiles,
    // Its name is found, at least.
    async giveUp(db) {
      const [row] = await takeWaitingFiles(db, 1)
      if (row) await save(server, db, [indexed({ ...row, content: null })])
      return row?.file_id
    },
  }),
)
