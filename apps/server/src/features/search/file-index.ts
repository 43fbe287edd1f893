/** What of a file can be found: its name, whole and in its parts, and what is written in it. */
import { perServer } from '../../core/server.ts'
import {
  countWaitingFiles,
  type IndexedFile,
  saveIndexedFiles,
  takeWaitingFiles,
  type WaitingFile,
} from './file-store.ts'
import { indexerOf } from './indexer.ts'
import { folded, spelledOutWords } from './words.ts'

/** Letters; PostgreSQL takes a megabyte of words at the most, and each can be there in three forms. */
const LONGEST = 250_000
const LONGEST_AT_ONCE = 20

/** `Bericht_2026-final.pdf` is looked for by any of its words. */
const partsOf = (name: string): string =>
  [name, name.replaceAll(/[^\p{L}\p{N}]+/gu, ' '), name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')].join('\n')

const indexed = ({ file_id, name, content }: WaitingFile): IndexedFile => {
  const text = `${partsOf(name)}\n${content ?? ''}`.slice(0, LONGEST)
  return { file_id, text: folded(text), spelledOut: spelledOutWords(text) }
}

export const fileIndexOf = perServer((server) =>
  indexerOf(server, {
    name: 'file',
    count: countWaitingFiles,
    async take(db, limit) {
      const rows = await takeWaitingFiles(db, Math.min(limit, LONGEST_AT_ONCE))
      if (rows.length > 0) await saveIndexedFiles(db, rows.map(indexed))
      return rows.length
    },
    // Its name is found, at least.
    async giveUp(db) {
      const [row] = await takeWaitingFiles(db, 1)
      if (row) await saveIndexedFiles(db, [indexed({ ...row, content: null })])
      return row?.file_id
    },
  }),
)
