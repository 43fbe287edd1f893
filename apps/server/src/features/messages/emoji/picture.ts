/**
 * The picture of an emoji: checks its size and scales it to the size that clients show. Animations are kept;
 * metadata is not.
 */
import { EMOJI_TYPES, MOST_EMOJI_EDGE } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { measure, shrink, shrinkMoving } from '../../../core/images.ts'

const SIZE = { width: 128, height: 128 }
const formats = new Set<string>(EMOJI_TYPES.map((type) => type.replace('image/', '')))

export type EmojiPicture = { bytes: Buffer; type: 'image/png' | 'image/gif' }

const unreadable = () => new Fault('emoji.unreadable')

export const pictureOf = async ({ server }: Context, sent: Buffer): Promise<EmojiPicture> => {
  const picture = await measure(server, sent)
  if (!picture || !formats.has(picture.format)) throw unreadable()
  if (Math.max(picture.width, picture.height) > MOST_EMOJI_EDGE)
    throw new Fault('emoji.too_many_pixels', { max: MOST_EMOJI_EDGE })
  if (picture.format === 'gif' && picture.frames > 1) {
    const bytes = await shrinkMoving(server, sent, SIZE)
    if (!bytes) throw unreadable()
    return { bytes, type: 'image/gif' }
  }
  const made = await shrink(server, sent, { ...SIZE, fit: 'inside' }, 'png')
  if (!made) throw unreadable()
  return { bytes: made.bytes, type: 'image/png' }
}
