/** Pictures of people, teams and the server. The nouns of their owners decide who may set and see them. */
import type { Incoming } from '@plausch/wire'
import { sourceOf } from '../../../core/blobs/blobs.ts'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isForm, readForm } from '../../../core/forms.ts'
import { newId } from '../../../core/ids.ts'
import { measure, shrink } from '../../../core/images.ts'
import { atMost } from '../../../core/incoming.ts'
import { Raw, Streamed } from '../../../core/route.ts'
import type { Server } from '../../../core/server.ts'
import { isKnown } from '../../../core/tags.ts'
import { discardBlobs, loosenBlobs, ownBlobs, putBlob } from '../storage/index.ts'
import { deletePicture, findPicture, lockOwner, type PictureRow, savePicture } from './store.ts'

const MOST_BYTES = 32 * 1024 * 1024
const FIELD = 'image'

const keyOf = ({ id }: Pick<PictureRow, 'id'>) => `pictures/${id}`

/** The picture in a form, in the field that v4 uses. */
const readImage = async ({ server }: Context, incoming: Incoming): Promise<Buffer> => {
  if (!isForm(incoming)) throw new Fault('pictures.none')
  const max = Math.min(MOST_BYTES, server.settings().FileSettings.MaxFileSize)
  const parts: Uint8Array[] = []
  let isThere = false
  await readForm(incoming, 1, async ({ field, bytes }) => {
    if (field !== FIELD) throw new Fault('pictures.none')
    isThere = true
    for await (const part of atMost(bytes, max, () => new Fault('files.too_large', { max }))) parts.push(part)
  })
  if (!isThere) throw new Fault('pictures.none')
  return Buffer.concat(parts)
}

export type Shape = { width?: number; height?: number; fit?: 'cover' | 'outside'; enlarges?: boolean }

/** A square of 128 pixels, the size in which v4 shows people and teams. */
export const SQUARE: Shape = { width: 128, height: 128, fit: 'cover', enlarges: true }

/**
 * A picture, converted to a PNG of the given shape. Throws if it cannot be decoded or has too many pixels.
 */
export const shapePicture = async (server: Server, bytes: Buffer, shape: Shape): Promise<Buffer> => {
  const max = server.settings().FileSettings.MaxImageResolution
  const picture = await measure(server, bytes)
  if (!picture) throw new Fault('pictures.unreadable')
  if (picture.width * picture.height > max) throw new Fault('files.image_too_large', { max })
  const made = await shrink(server, bytes, shape, 'png')
  if (!made) throw new Fault('pictures.unreadable')
  return made.bytes
}

/** The picture in a form, in the given shape. */
export const receivePicture = async (context: Context, incoming: Incoming, shape: Shape): Promise<Buffer> =>
  shapePicture(context.server, await readImage(context, incoming), shape)

/**
 * Sets the picture of an owner in a separate transaction, in which `then` makes the changes that belong to
 * it; deletes the old picture. `owner` is for example `user:` and an id.
 */
export const setPicture = async (
  { server, actor, request, now }: Context,
  owner: string,
  bytes: Buffer,
  then: (context: Context) => Promise<void>,
): Promise<void> => {
  const picture: PictureRow = { owner, id: newId(now), size: bytes.length }
  await putBlob(server, keyOf(picture), sourceOf(bytes))
  try {
    await change(server, { actor, request }, async (context) => {
      await then(context)
      await lockOwner(context.db, owner)
      await removePicture(context, owner)
      await savePicture(context.db, picture)
      await ownBlobs(context, [keyOf(picture)])
    })
  } catch (error) {
    discardBlobs(server, [keyOf(picture)])
    throw error
  }
}

/** Removes a picture, in a transaction. Returns false if there was none. */
export const removePicture = async (context: Context, owner: string): Promise<boolean> => {
  const before = await deletePicture(context.db, owner)
  if (before) await loosenBlobs(context, [keyOf(before)])
  return before !== undefined
}

/** Browsers cache pictures for a day, because a new picture has a new address. */
const KEPT = 'private, max-age=86400'

/** The picture of an owner; undefined if it has none. */
export const showPicture = async (
  { server, db, head }: Context,
  owner: string,
): Promise<Streamed | undefined> => {
  const picture = await findPicture(db, owner)
  if (!picture) return undefined
  head.header('cache-control', KEPT)
  return new Streamed({
    size: picture.size,
    type: 'image/png',
    etag: `"${picture.id}"`,
    open: (range) => server.blobs.get(keyOf(picture), range),
  })
}

/** Sends the bytes of a picture, with an ETag. */
export const showBytes = ({ head, request }: Context, bytes: Buffer, etag: string): Raw => {
  head.header('cache-control', KEPT)
  head.header('etag', etag)
  return isKnown(request.ifNoneMatch, etag) ? new Raw('', '', 304) : new Raw(bytes, 'image/png')
}
