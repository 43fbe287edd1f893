/**
 * A post's metadata, of the parts that were read with it (metadata-store.ts). To add a part: its shape in wire (`PostMetadata`), its column in
 * metadata-store.ts, its line here.
 */
import type { PostMetadata } from '@plausch/wire'
import { shownEmoji } from '../emoji/index.ts'
import { shownFile } from '../files/index.ts'
import type { MetadataParts } from './metadata-store.ts'
import type { PostRow } from './store.ts'

/** Official clients show attachments of a message only if an embed says that there are some. */
const embedsOf = ({ props }: PostRow): NonNullable<PostMetadata['embeds']> =>
  Array.isArray(props.attachments) && props.attachments.length > 0
    ? [{ type: 'message_attachment', url: '' }]
    : []

/** Official clients take a part that is missing for one that is empty. */
export const metadataOf = (row: PostRow & Partial<MetadataParts>): PostMetadata => {
  const embeds = embedsOf(row)
  return {
    ...(embeds.length > 0 ? { embeds } : {}),
    ...(row.emojis && row.emojis.length > 0 ? { emojis: row.emojis.map(shownEmoji) } : {}),
    ...(row.files && row.files.length > 0 ? { files: row.files.map(shownFile) } : {}),
    ...(row.priority ? { priority: row.priority } : {}),
    ...(row.reactions ? { reactions: row.reactions } : {}),
    ...(row.acknowledgements ? { acknowledgements: row.acknowledgements } : {}),
  }
}
