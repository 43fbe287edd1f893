/**
 * A post's metadata: what others know about it. Each part is read with the post, by the same query. Features
 * above posts add theirs in `Feature.extensions`; the shape of a part stands in wire (post-metadata.ts).
 */
import type { PostEmbed, PostMetadata, PostPriority } from '@plausch/wire'
import { point } from '../../../core/extension.ts'
import { type EmojiRow, emojiOfPostSql, shownEmoji } from '../emoji/index.ts'
import { type FileRow, filesOfPostSql, shownFile } from '../files/index.ts'

export type MetadataPart<V = unknown> = {
  /** Of the column. */
  name: string
  /**
   * An expression over the post `p`, null where there is nothing. What is on the row (a flag, a list of ids)
   * comes first in it, so that a post that has nothing costs nothing.
   */
  sql: string
  /** What clients are shown of the value. Embeds of several parts are joined. */
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
 * Called at the start with the parts of all features. They are made of the code alone, so every server has
 * the same.
 */
export const setMetadataParts = (others: readonly MetadataPart<never>[]): void => {
  parts = [...ownParts, ...others]
}

/** Columns for a query that reads posts as `p`. */
export const metadataColumns = (): string => parts.map(({ name, sql }) => `${sql} as ${name}`).join(', ')

/** What was read of the parts, by their names. */
export type MetadataColumns = { files: FileRow[] | null; emojis: EmojiRow[] | null }

type Read = { props: Record<string, unknown>; priority: PostPriority | null } & Partial<MetadataColumns>

/** Official clients show attachments of a message only if an embed says that there are some. */
const attached = { type: 'message_attachment', url: '' } as const

const hasAttachments = ({ props }: Read) => Array.isArray(props.attachments) && props.attachments.length > 0

/** Official clients take a part that is missing for one that is empty. */
export const metadataOf = (row: Read): PostMetadata => {
  const values = row as Read & Record<string, unknown>
  const embeds: PostEmbed[] = hasAttachments(row) ? [attached] : []
  const metadata: PostMetadata = {}
  if (row.priority) metadata.priority = row.priority
  for (const { name, shown } of parts) {
    const value = values[name]
    // Most posts have none of it: a page of them should not pay for what there could be.
    if (value === null || value === undefined) continue
    const { embeds: more = [], ...rest } = shown(value as never)
    embeds.push(...more)
    Object.assign(metadata, rest)
  }
  if (embeds.length > 0) metadata.embeds = embeds
  return metadata
}
