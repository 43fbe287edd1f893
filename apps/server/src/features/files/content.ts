/**
 * What is written in files, read after they came, for search: by a process of its own (extraction/), so that a hostile file can harm nothing but
 * itself. A few are read at once, but only one of each person, whose files could take half a minute each. What waits is in the database: a restart
 * forgets none.
 */
import { readWhole } from '../../core/blobs/blobs.ts'
import { type Context, change, system } from '../../core/context.ts'
import { effect } from '../../core/effects.ts'
import { perServer, type Server } from '../../core/server.ts'
import { insertContent, saveContent, takeWaiting, type Waiting } from './content-store.ts'
import { fileContentRead } from './events.ts'
import { decodeText } from './extraction/plain.ts'
import { extract, type Format } from './extraction/run.ts'
import type { FileRow } from './store.ts'

const AT_ONCE = 2
const MOST_ATTEMPTS = 2
/** As much text as is kept of a file. */
const MOST_TEXT = 1024 * 1024
const MOST_INPUT = 50 * 1024 * 1024

const formats: Record<string, Format> = {
  ...{ pdf: 'pdf', docx: 'docx', xlsx: 'xlsx', pptx: 'pptx' },
  ...{ odt: 'opendocument', ods: 'opendocument', odp: 'opendocument' },
}

const isText = (type: string) => type.startsWith('text/') || /^application\/(json|yaml|x-sh)$/.test(type)

/** How a file is read; undefined where there is nothing to read in it. */
const formatOf = ({ extension, mime_type: type }: Pick<FileRow, 'extension' | 'mime_type'>) => {
  if (isText(type)) return 'text'
  if (type === 'application/pdf') return 'pdf'
  return Object.hasOwn(formats, extension) && extension !== 'pdf' ? formats[extension] : undefined
}

/** In the transaction that enters a file: its content is to be read. */
export const noteContent = async (context: Context, file: FileRow): Promise<void> => {
  const { server, db } = context
  if (!server.settings().FileSettings.ExtractContent || formatOf(file) === undefined) return
  await insertContent(db, file.id)
  context.effect(wakeReader, {})
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

/** As PostgreSQL can keep it, and without the emptiness between words. */
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

type Reader = { wake(): void; stop(): Promise<void> }

const readerOf = perServer(
  'the reader of files',
  'work of this server: what waits is in the database',
  (server: Server): Reader => {
    const stopping = new AbortController()
    /** By the people whose files are being read. */
    const busy = new Map<string, Promise<void>>()
    let reading: Promise<void> | undefined
    /** Ends the wait for something to do. */
    let tell: () => void = () => undefined

    const readOne = async (file: Waiting) => {
      const text = await textOf(server, file, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted)
          server.log.info({ file: file.id, reason: String(error) }, 'the content of a file could not be read')
        if (file.attempts < MOST_ATTEMPTS) throw error
        return ''
      })
      await change(server, { actor: system }, async (context) => {
        if (await saveContent(context.db, file.id, tidy(text)))
          await context.emit(fileContentRead, { file_id: file.id })
      })
    }

    const readAll = async () => {
      while (!stopping.signal.aborted) {
        const asked = new Promise<void>((resolve) => {
          tell = resolve
        })
        if (busy.size >= AT_ONCE) await Promise.race(busy.values())
        const file = await takeWaiting(server.db, [...busy.keys()])
        if (file) {
          // What fails once waits behind the others and is tried again with them.
          const work = readOne(file)
            .catch(() => undefined)
            .finally(() => busy.delete(file.user_id))
          busy.set(file.user_id, work)
        } else if (busy.size > 0) await Promise.race([...busy.values(), asked])
        else return
      }
    }

    return {
      wake() {
        tell()
        reading ??= readAll()
          .catch((error: unknown) => {
            if (!stopping.signal.aborted) server.log.warn({ err: error }, 'files wait to be read')
          })
          .finally(() => {
            reading = undefined
          })
      },
      async stop() {
        stopping.abort()
        await reading
        await Promise.all(busy.values())
      },
    }
  },
)

/** Goes on with what waits. */
export const readWaiting = (server: Server): void => readerOf(server).wake()

export const wakeReader = effect<Record<string, never>>('files.wake', readWaiting)

export const stopReading = (server: Server): Promise<void> => readerOf(server).stop()
