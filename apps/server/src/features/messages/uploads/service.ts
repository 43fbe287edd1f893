import type { FileInfo, Incoming, InputOf, UploadSession, uploads } from '@plausch/wire'
import { sourceOf } from '../../../core/blobs/blobs.ts'
import { type Context, change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isForm, readForm } from '../../../core/forms.ts'
import { newId } from '../../../core/ids.ts'
import { atMost, unlessAborted } from '../../../core/incoming.ts'
import { Raw } from '../../../core/route.ts'
import type { Server } from '../../../core/server.ts'
import { discardBlobs, loosenBlobs, ownBlobs, putBlob } from '../../ground/storage/index.ts'
import { cleanName, enterAlone, receive, shownFile, tooLarge } from '../files/index.ts'
import type { Sending } from './access.ts'
import { endSender } from './senders.ts'
import {
  advance,
  deleteUpload,
  findUpload,
  idleSince,
  insertPiece,
  insertUpload,
  listPieces,
  listUploads,
  lockUploads,
  type UploadRow,
} from './store.ts'

/** Bytes are stored in pieces of this size, so that a broken connection loses nothing that has arrived. */
const PIECE_BYTES = 5 * 1024 * 1024
const MOST_OPEN = 100
const DAY_MS = 24 * 60 * 60_000
const AT_ONCE = 100

const shown = ({ update_at: _, ...row }: UploadRow): UploadSession => ({
  ...row,
  type: 'attachment',
  remote_id: '',
  req_file_id: '',
})

export const begin = async (
  { db, now, actor, server }: Context,
  { body }: InputOf<typeof uploads.create>,
): Promise<UploadSession> => {
  // As in v4, every type but import is an attachment; some clients send an empty type.
  if (body.type === 'import') throw new Fault('uploads.type')
  if (body.file_size > server.settings().FileSettings.MaxFileSize) throw tooLarge(server)
  await lockUploads(db, actor.userId)
  if ((await listUploads(db, actor.userId)).length >= MOST_OPEN)
    throw new Fault('uploads.limit', { max: MOST_OPEN })
  const upload: UploadRow = {
    id: newId(now),
    create_at: now,
    update_at: now,
    user_id: actor.userId,
    channel_id: body.channel_id,
    filename: cleanName(body.filename),
    file_size: body.file_size,
    file_offset: 0,
  }
  await insertUpload(db, upload)
  return shown(upload)
}

/**
 * A request for the offset stops the sender, because the offset must stay true until the client continues.
 */
export const get = async (context: Context, _input: unknown, { id }: UploadRow) => {
  await endSender(context, id)
  const upload = await findUpload(context.db, id)
  if (!upload) throw new Fault('uploads.not_found')
  return shown(upload)
}

export const listOfUser = async (context: Context, _input: unknown, userId: string) => {
  for (const { id } of await listUploads(context.db, userId)) await endSender(context, id)
  return (await listUploads(context.db, userId)).map(shown)
}

const keyOf = (piece: string) => `uploads/${piece}`

/** Stores a piece. If the upload is no longer at this offset, deletes the piece again. */
const keep = async ({ server, actor }: Context, upload: UploadRow, bytes: Buffer): Promise<UploadRow> => {
  const piece = newId()
  await putBlob(server, keyOf(piece), sourceOf(bytes))
  try {
    return await change(server, { actor }, async (context) => {
      const { file_offset: from } = upload
      const next = await advance(context.db, upload.id, from, from + bytes.length, context.now)
      if (!next) throw new Fault('uploads.busy')
      await insertPiece(context.db, upload.id, from, piece)
      await ownBlobs(context, [keyOf(piece)])
      return next
    })
  } catch (error) {
    discardBlobs(server, [keyOf(piece)])
    throw error
  }
}

const surplus = () => new Fault('api.upload.upload_data.invalid_content_length')

/**
 * Stores the bytes that arrive, also those before a connection broke. If a request has more bytes than the
 * file, its last piece is not stored.
 */
const keepAll = async (
  context: Context,
  upload: UploadRow,
  bytes: AsyncIterable<Uint8Array>,
): Promise<UploadRow> => {
  let row = upload
  let waiting: Uint8Array[] = []
  let length = 0
  const flush = async () => {
    if (length === 0) return
    const piece = Buffer.concat(waiting)
    waiting = []
    length = 0
    row = await keep(context, row, piece)
  }
  try {
    for await (const part of atMost(bytes, upload.file_size - upload.file_offset, surplus)) {
      if (length >= PIECE_BYTES) await flush()
      waiting.push(part)
      length += part.length
    }
  } catch (error) {
    if (!isSurplus(error)) await flush()
    throw error
  }
  await flush()
  return row
}

const isSurplus = (error: unknown): boolean =>
  error instanceof Fault && error.code === 'api.upload.upload_data.invalid_content_length'

const keepBody = async (context: Context, upload: UploadRow, body: Incoming): Promise<UploadRow> => {
  if (!isForm(body)) {
    if ((body.length ?? 0) > upload.file_size - upload.file_offset) throw surplus()
    return await keepAll(context, upload, body.bytes)
  }
  let row = upload
  await readForm(body, 1, async ({ bytes }) => {
    row = await keepAll(context, row, bytes)
  })
  return row
}

async function* whole(server: Server, pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    const stream = await server.blobs.get(keyOf(piece))
    if (!stream) throw new Fault('storage.missing')
    yield* stream as AsyncIterable<Uint8Array>
  }
}

/** In a transaction: deletes the upload and its pieces. */
const end = async (context: Context, id: string): Promise<void> => {
  const pieces = await listPieces(context.db, id)
  await deleteUpload(context.db, id)
  await loosenBlobs(context, pieces.map(keyOf))
}

const finish = async (context: Context, upload: UploadRow): Promise<FileInfo> => {
  const { server } = context
  const pieces = await listPieces(server.db, upload.id)
  const received = await receive(context, upload.filename, whole(server, pieces))
  const [row] = await enterAlone(context, [received], upload.channel_id, async (inside) => {
    // If two requests finish at the same time, only the one that still finds the upload makes a file of it.
    if (!(await advance(inside.db, upload.id, upload.file_size, upload.file_size, inside.now)))
      throw new Fault('uploads.not_found')
    await end(inside, upload.id)
  })
  if (!row) throw new Error('a file was entered and did not come back')
  return shownFile(row)
}

/** Continues an upload. Replies without a body until the whole file has arrived, then with the file. */
export const send = async (
  context: Context,
  { body }: InputOf<typeof uploads.send>,
  { upload, sender }: Sending,
) => {
  try {
    const bytes = unlessAborted(body.bytes, sender.signal, () => new Fault('uploads.busy'))
    const row = await keepBody(context, upload, { ...body, bytes })
    return row.file_offset < row.file_size ? new Raw('', '', 204) : await finish(context, row)
  } finally {
    sender.end()
  }
}

/** Deletes uploads that got no bytes for a day. */
export const sweep = async (server: Server): Promise<void> => {
  for (;;) {
    const ids = await idleSince(server.db, Date.now() - DAY_MS, AT_ONCE)
    for (const id of ids) await change(server, { actor: system }, (context) => end(context, id))
    if (ids.length < AT_ONCE) return
  }
}
