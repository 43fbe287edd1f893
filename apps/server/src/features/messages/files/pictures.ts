/**
 * The smaller versions of a picture: one for lists, one for reading, and one of a few pixels to show while
 * the others load.
 */
import { readWhole, sourceOf } from '../../../core/blobs/blobs.ts'
import { Fault } from '../../../core/faults.ts'
import { isExtreme, type Made, measure, type Picture, shrink } from '../../../core/images.ts'
import type { Server } from '../../../core/server.ts'
import { putBlob } from '../../ground/storage/index.ts'
import type { FileRow } from './store.ts'

/** Larger files get no views, because decoding needs the whole picture in memory. */
const MOST_BYTES = 64 * 1024 * 1024
const THUMBNAIL = { width: 120, height: 100, fit: 'outside' } as const
const PREVIEW = { width: 1920 }
const MINI = { width: 16, height: 16, fit: 'fill', enlarges: true } as const

export type Views = Pick<
  FileRow,
  'width' | 'height' | 'thumbnail_type' | 'thumbnail_size' | 'preview_type' | 'preview_size' | 'mini_preview'
>

export const noViews: Views = {
  width: 0,
  height: 0,
  thumbnail_type: '',
  thumbnail_size: 0,
  preview_type: '',
  preview_size: 0,
  mini_preview: '',
}

const checkPixels = (server: Server, { width, height }: Picture): void => {
  const max = server.settings().FileSettings.MaxImageResolution
  if (width * height > max) throw new Fault('files.image_too_large', { max })
}

const nothing = { type: '', size: 0 }

const put = async (server: Server, key: string, made: Made | undefined) =>
  made ? { type: made.type, size: await putBlob(server, key, sourceOf(made.bytes)) } : nothing

/**
 * Makes the views of the picture under a key, and stores them next to it. A picture that cannot be decoded
 * has no views and stays a plain file. A picture with too many pixels is refused.
 */
export const viewsOf = async (server: Server, key: string): Promise<Views> => {
  const bytes = await readWhole(server.blobs, key, MOST_BYTES)
  const picture = bytes && (await measure(server, bytes))
  if (!bytes || !picture) return noViews
  checkPixels(server, picture)
  if (isExtreme(picture)) return noViews
  const preview = await shrink(server, bytes, PREVIEW)
  if (!preview) return noViews
  const thumbnail = await shrink(server, preview.bytes, THUMBNAIL)
  const mini = thumbnail && (await shrink(server, thumbnail.bytes, MINI, 'jpeg'))
  const small = await put(server, `${key}.thumbnail`, thumbnail)
  // Clients show animated pictures themselves.
  const large = picture.frames > 1 ? nothing : await put(server, `${key}.preview`, preview)
  return {
    width: picture.width,
    height: picture.height,
    thumbnail_type: small.type,
    thumbnail_size: small.size,
    preview_type: large.type,
    preview_size: large.size,
    mini_preview: mini?.bytes.toString('base64') ?? '',
  }
}
