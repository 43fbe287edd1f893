/**
 * A post's metadata, of the parts that were read with it (metadata-store.ts). To add a part: its shape in wire (`PostMetadata`), its column in
 * metadata-store.ts, its line here.
 */
import type { PostEmbed, PostImage, PostMetadata } from '@plausch/wire'
import { shownEmoji } from '../emoji/index.ts'
import { shownFile } from '../files/index.ts'
import type { MetadataParts } from './metadata-store.ts'
import type { PostRow } from './store.ts'

type Read = PostRow & Partial<MetadataParts>

/** Official clients show attachments of a message only if an embed says that there are some. */
const embedsOf = ({ props, previews }: Read): PostEmbed[] => [
  ...(Array.isArray(props.attachments) && props.attachments.length > 0
    ? [{ type: 'message_attachment' as const, url: '' }]
    : []),
  ...(previews ?? [])
    .filter(({ n }) => n === 0)
    .map(({ type, url, data }) => ({ type, url, ...(data ? { data } : {}) })),
]

/** Sizes, so that clients know them before the pictures are there. */
const imagesOf = ({ previews }: Read): Record<string, PostImage> =>
  Object.assign({}, ...(previews ?? []).map(({ images }) => images))

/** Most posts have none of it: a page of them should not pay for what there could be. */
const isPlain = ({ props, files, reactions, acknowledgements, emojis, previews, priority }: Read) =>
  !(files || reactions || acknowledgements || emojis || previews || priority || props.attachments)

/** Official clients take a part that is missing for one that is empty. */
export const metadataOf = (row: Read): PostMetadata => {
  if (isPlain(row)) return {}
  const embeds = embedsOf(row)
  const images = imagesOf(row)
  return {
    ...(embeds.length > 0 ? { embeds } : {}),
    ...(row.emojis && row.emojis.length > 0 ? { emojis: row.emojis.map(shownEmoji) } : {}),
    ...(Object.keys(images).length > 0 ? { images } : {}),
    ...(row.files && row.files.length > 0 ? { files: row.files.map(shownFile) } : {}),
    ...(row.priority ? { priority: row.priority } : {}),
    ...(row.reactions ? { reactions: row.reactions } : {}),
    ...(row.acknowledgements ? { acknowledgements: row.acknowledgements } : {}),
  }
}
