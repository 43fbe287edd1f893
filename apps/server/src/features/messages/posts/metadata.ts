/**
 * The metadata of a post: what other features add to it. The query that reads the post also reads each part.
 * Features above posts add their parts in `Feature.extensions`; wire has the shape of the parts
 * (post-metadata.ts).
 */
import type { PostEmbed, PostMetadata, PostPriority } from '@plausch/wire'
import { point } from '../../../core/extension.ts'
import { type EmojiRow, emojiOfPostSql, shownEmoji } from '../emoji/index.ts'
import { type FileRow, filesOfPostSql, shownFile } from '../files/index.ts'

export type MetadataPart<V = unknown> = {
  /** The name of the column. */
  name: string
  /**
   * An expression over the post `p`; null if the part is empty. It first checks the row (a flag, a list of
   * ids), so that a post without this part costs nothing.
   */
  sql: string
  /** The value as clients see it. Embeds of several parts are joined. */
  shown(value: V): Partial<PostMetadata>
}

export const postMetadata = point<MetadataPart<never>>('posts.metadata')

const part = <V>(each: MetadataPart<V>): MetadataPart<never> => each

const ownParts = [
  part<FileRow[]>({
    name: 'files',
    sql: filesOfPostSql,
    shown: (files) => (files.length > 0 ? { files: files.map(shownFile) } : {}),
  }),
  part<EmojiRow[]>({
    name: 'emojis',
    sql: emojiOfPostSql,
    shown: (emojis) => (emojis.length > 0 ? { emojis: emojis.map(shownEmoji) } : {}),
  }),
]

/** Per process: parts of the metadata, as the code declares them. */
let parts: readonly MetadataPart<never>[] = ownParts

/**
 * Called at the start with the parts of all features. The code alone defines them, so every server has the
 * same.
 */
export const setMetadataParts = (others: readonly MetadataPart<never>[]): void => {
  parts = [...ownParts, ...others]
}

/** The columns of all parts, for a query that reads posts as `p`. */
export const metadataColumns = (): string => parts.map(({ name, sql }) => `${sql} as ${name}`).join(', ')

/** The columns of the parts, by name. */
export type MetadataColumns = { files: FileRow[] | null; emojis: EmojiRow[] | null }

type Read = { props: Record<string, unknown>; priority: PostPriority | null } & Partial<MetadataColumns>

/** Official clients show the attachments of a message only if an embed says that it has some. */
const attached = { type: 'message_attachment', url: '' } as const

const hasAttachments = ({ props }: Read) => Array.isArray(props.attachments) && props.attachments.length > 0

/** Official clients treat a missing part as an empty one. */
export const metadataOf = (row: Read): PostMetadata => {
  const values = row as Read & Record<string, unknown>
  const embeds: PostEmbed[] = hasAttachments(row) ? [attached] : []
  const metadata: PostMetadata = {}
  if (row.priority) metadata.priority = row.priority
  for (const { name, shown } of parts) {
    const value = values[name]
    // Most posts have no metadata, so a page of them must not cost time for each possible part.
    if (value === null || value === undefined) continue
    const { embeds: more = [], ...rest } = shown(value as never)
    embeds.push(...more)
    Object.assign(metadata, rest)
  }
  if (embeds.length > 0) metadata.embeds = embeds
  return metadata
}
