/** Taking files in: bytes first, then their rows in one transaction; where that does not come about, the bytes go again. */
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

/** A file whose bytes are here and whose row is not yet. */
export type Received = Omit<FileRow, 'channel_id' | 'user_id' | 'post_id'>

/** Hands the bytes on and keeps the first of them. */
async function* watched(source: AsyncIterable<Uint8Array>, head: Uint8Array[]): AsyncGenerator<Uint8Array> {
  let kept = 0
  for await (const bytes of source) {
    if (kept < HEAD_BYTES) head.push(bytes.subarray(0, HEAD_BYTES))
    kept += bytes.length
    yield bytes
  }
}

/** All keys that a file under this id may have. */
const everyKey = (id: string) => keysOf({ id, thumbnail_type: 'any', preview_type: 'any' })

/** Takes the bytes of one file. Throws where there are too many, or a picture with too many pixels; nothing is left of it then. */
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

/** Gives up files that were received and not entered. */
export const giveUp = (server: Server, received: readonly Received[]): void =>
  discardBlobs(
    server,
    received.flatMap((file) => keysOf(file)),
  )

/** In a transaction: writes the rows of files for a channel, which is judged again, since sending took its time. */
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

/** The same in a transaction of its own, in which `first` does what goes with it; without success the bytes go. */
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
