/**
 * Reads the text in files after their upload, for the search. A separate process does so (extraction/), so a
 * hostile file harms only that process. The server reads a few files at once, but only one per person,
 * because each could take half a minute.
 */
import { readWhole } from '../../../core/blobs/blobs.ts'
import { type Context, change, system } from '../../../core/context.ts'
import { addJobs, each, queue } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { contentsWithoutJob, findWaiting, insertContent, saveContent, type Waiting } from './content-store.ts'
import { fileContentRead } from './events.ts'
import { decodeText } from './extraction/plain.ts'
import { extract, type Format } from './extraction/run.ts'
import type { FileRow } from './store.ts'

const AT_ONCE = 2
const MOST_TRIES = 2
const AGAIN_MS = 1000
/** The most files without a job that get one in a single transaction. */
const MANY = 500
/** The most text that the server keeps of a file. */
const MOST_TEXT = 1024 * 1024
const MOST_INPUT = 50 * 1024 * 1024

const formats: Record<string, Format> = {
  ...{ pdf: 'pdf', docx: 'docx', xlsx: 'xlsx', pptx: 'pptx' },
  ...{ odt: 'opendocument', ods: 'opendocument', odp: 'opendocument' },
}

const isText = (type: string) => type.startsWith('text/') || /^application\/(json|yaml|x-sh)$/.test(type)

/** How to read a file; undefined if it has no text. */
const formatOf = ({ extension, mime_type: type }: Pick<FileRow, 'extension' | 'mime_type'>) => {
  if (isText(type)) return 'text'
  if (type === 'application/pdf') return 'pdf'
  return Object.hasOwn(formats, extension) && extension !== 'pdf' ? formats[extension] : undefined
}

const textOf = async (server: Server, file: Waiting, signal: AbortSignal): Promise<string> => {
  const key = `files/${file.id}`
  const format = formatOf(file)
  if (format === 'text') {
    const range = file.size > MOST_TEXT ? { first: 0, last: MOST_TEXT - 1 } : undefined
    const stream = file.size === 0 ? undefined : await server.blobs.get(key, range)
    return stream ? decodeText(Buffer.concat((await stream.toArray()) as Buffer[])) : ''
  }
  const bytes = file.size > MOST_INPUT ? undefined : await readWhole(server.blobs, key, MOST_INPUT)
  return bytes && format ? await extract(format, bytes, { mostBytes: MOST_TEXT, signal }) : ''
}

/** Makes the text storable for PostgreSQL, and collapses white space. */
const tidy = (text: string) =>
  Buffer.from(
    text
      .toWellFormed()
      .replaceAll('\0', ' ')
      .replaceAll(/[^\S\n]+/g, ' '),
  )
    .subarray(0, MOST_TEXT)
    .toString('utf8')
    .replace(/\ufffd$/, '')
    .trim()

const save = (server: Server, { id }: Waiting, text: string) =>
  change(server, { actor: system }, async (context) => {
    if (await saveContent(context.db, id, tidy(text))) await context.emit(fileContentRead, { file_id: id })
  })

/** A lane is a person. If all attempts fail, the content stays empty. */
export const reading = queue<{ file_id: string }>({
  name: 'files.read',
  atOnce: AT_ONCE,
  retry: { most: MOST_TRIES, firstMs: AGAIN_MS, longestMs: AGAIN_MS },
  run: each(async (server, { payload, tries }, signal) => {
    const file = await findWaiting(server.db, payload.file_id)
    if (!file) return 'done'
    try {
      await save(server, file, await textOf(server, file, signal))
      return 'done'
    } catch (error) {
      if (signal.aborted) return { laterMs: 0 }
      server.log.info({ file: file.id, reason: String(error) }, 'the content of a file could not be read')
      if (tries < MOST_TRIES) throw error
      await save(server, file, '')
      return 'done'
    }
  }),
})

const jobOf = ({ id, user_id }: Pick<FileRow, 'id' | 'user_id'>) => ({
  key: id,
  payload: { file_id: id },
  lane: user_id,
})

/** Call this in the transaction that inserts a file: it queues the reading of its content. */
export const noteContent = async (context: Context, file: FileRow): Promise<void> => {
  const { server, db } = context
  if (!server.settings().FileSettings.ExtractContent || formatOf(file) === undefined) return
  await insertContent(db, file.id)
  await addJobs(context, reading, [jobOf(file)])
}

/** Adds jobs for waiting files that have none: an earlier version of the server did not use jobs. */
export const keepJobs = async (server: Server): Promise<void> => {
  for (let found = MANY; found === MANY; ) {
    found = await change(server, { actor: system }, async (context) => {
      const files = await contentsWithoutJob(context.db, reading.name, MANY)
      await addJobs(context, reading, files.map(jobOf))
      return files.length
    })
  }
}
