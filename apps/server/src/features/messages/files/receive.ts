/**
 * Receives files: stores the bytes first, then inserts their rows in one transaction. If that fails, the
 * bytes are deleted again.
 */
import { type Context, change } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import { atMost } from '../../../core/incoming.ts'
import type { Server } from '../../../core/server.ts'
import { discardBlobs, ownBlobs, putBlob } from '../../ground/storage/index.ts'
import { checkMaySendTo } from './access.ts'
import { noteContent } from './content.ts'
import { HEAD_BYTES, isPicture, typeOf } from './media-types.ts'
import { noViews, type Views, viewsOf } from './pictures.ts'
import { keysOf } from './records.ts'
import { cleanName, endingOf, tooLarge } from './rules.ts'
import { type FileRow, insertFile } from './store.ts'

/** A file whose bytes are stored and whose row is not inserted yet. */
export type Received = Omit<FileRow, 'channel_id' | 'user_id' | 'post_id'>

/** Passes the bytes on and keeps the first ones. */
async function* watched(source: AsyncIterable<Uint8Array>, head: Uint8Array[]): AsyncGenerator<Uint8Array> {
  let kept = 0
  for await (const bytes of source) {
    if (kept < HEAD_BYTES) head.push(bytes.subarray(0, HEAD_BYTES))
    kept += bytes.length
    yield bytes
  }
}

/** All keys that a file with this id may have in the store. */
const everyKey = (id: string) => keysOf({ id, thumbnail_type: 'any', preview_type: 'any' })

/**
 * Stores the bytes of one file. If there are too many bytes, or a picture has too many pixels, it deletes
 * everything and throws.
 */
export const receive = async (
  { server, now }: Context,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<Received> => {
  const id = newId(now)
  const head: Uint8Array[] = []
  const most = server.settings().FileSettings.MaxFileSize
  const bytes = atMost(source, most, () => tooLarge(server))
  try {
    const size = await putBlob(server, `files/${id}`, watched(bytes, head))
    const clean = cleanName(name)
    const ending = endingOf(clean)
    const type = typeOf(ending, Buffer.concat(head))
    const views: Views = isPicture(type) ? await viewsOf(server, `files/${id}`) : noViews
    return {
      id,
      create_at: now,
      update_at: now,
      name: clean,
      extension: ending,
      size,
      mime_type: type,
      ...views,
    }
  } catch (error) {
    discardBlobs(server, everyKey(id))
    throw error
  }
}

/** Deletes files that were received but not inserted. */
export const giveUp = (server: Server, received: readonly Received[]): void =>
  discardBlobs(
    server,
    received.flatMap((file) => keysOf(file)),
  )

/**
 * In a transaction: inserts the rows of files in a channel. Checks access again, because sending took time.
 */
export const enter = async (
  context: Context,
  received: readonly Received[],
  channelId: string,
): Promise<FileRow[]> => {
  await checkMaySendTo(context, channelId)
  const rows = received.map((file) => ({
    ...file,
    channel_id: channelId,
    user_id: context.actor.userId,
    post_id: '',
  }))
  for (const row of rows) {
    await insertFile(context.db, row)
    await noteContent(context, row)
  }
  await ownBlobs(
    context,
    received.flatMap((file) => keysOf(file)),
  )
  return rows
}

/** Does the same in its own transaction, after `first`. If it fails, the bytes are deleted. */
export const enterAlone = async (
  { server, actor, request, head }: Context,
  received: readonly Received[],
  channelId: string,
  first: (context: Context) => Promise<void> = async () => undefined,
): Promise<FileRow[]> => {
  try {
    return await change(server, { actor, request, head }, async (context) => {
      await first(context)
      return await enter(context, received, channelId)
    })
  } catch (error) {
    giveUp(server, received)
    throw error
  }
}
