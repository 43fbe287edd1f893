/** What is wrong with a new emoji, found before it is sent. The server checks everything again. */
import { EMOJI_TYPES, MOST_EMOJI_BYTES, MOST_EMOJI_EDGE } from '@plausch/wire'
import type { TextId } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { emojiOf, loadEmoji } from '../../../ui/emoji/emoji.ts'

/** The values of the texts about the limits. */
export const LIMITS = { size: MOST_EMOJI_BYTES / 1024, edge: MOST_EMOJI_EDGE }

export const ACCEPTED = EMOJI_TYPES.join()

const NAME = /^[a-z0-9+_-]{1,64}$/

/** '' if the name can be used. */
export const nameProblem = async (name: string): Promise<TextId | ''> => {
  if (name === '') return 'emoji.nameMissing'
  if (!NAME.test(name)) return 'emoji.nameWrong'
  if (client.emoji.records.has(name)) return 'emoji.nameTaken'
  await loadEmoji()
  return emojiOf(name) === undefined ? '' : 'emoji.nameReserved'
}

const sizeOf = (address: string): Promise<{ width: number; height: number }> =>
  new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve({ width: image.naturalWidth, height: image.naturalHeight })
    image.onerror = () => reject(new Error('not a picture'))
    image.src = address
  })

/** '' if the picture at the address, which has the bytes of the file, can be used. */
export const pictureProblem = async (file: File, address: string): Promise<TextId | ''> => {
  if (!EMOJI_TYPES.some((type) => type === file.type)) return 'emoji.pictureWrong'
  if (file.size > MOST_EMOJI_BYTES) return 'emoji.pictureTooLarge'
  try {
    const { width, height } = await sizeOf(address)
    return Math.max(width, height) > MOST_EMOJI_EDGE ? 'emoji.pictureTooWide' : ''
  } catch {
    return 'emoji.pictureWrong'
  }
}
