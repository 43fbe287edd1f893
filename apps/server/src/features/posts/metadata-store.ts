/**
 * The parts of a post's metadata, read with the post by the same query. A part is an expression over the post `p`; null where there is nothing.
 * What is on the row (a flag, a list of ids) comes first in each, so that a post that has nothing costs nothing. Tables of higher nouns are
 * read here and written by their owners.
 */
import type { Acknowledgement, OpenGraph, PostImage, Reaction } from '@plausch/wire'
import { type EmojiRow, emojiOfPostSql } from '../emoji/index.ts'
import { type FileRow, filesOfPostSql } from '../files/index.ts'

/** What is behind a link; the first one (0) is shown below the post. */
type PreviewPart = {
  n: number
  url: string
  type: 'opengraph' | 'image' | 'link'
  data: OpenGraph | null
  images: Record<string, PostImage>
}

export type MetadataParts = {
  files: FileRow[] | null
  reactions: Reaction[] | null
  acknowledgements: Acknowledgement[] | null
  emojis: EmojiRow[] | null
  previews: PreviewPart[] | null
}

const parts: Record<keyof MetadataParts, string> = {
  files: filesOfPostSql,
  reactions: `
    case when p.has_reactions then (
      select json_agg(json_build_object('user_id', e.user_id, 'post_id', e.post_id, 'emoji_name', e.emoji_name, 'create_at', e.create_at,
        'update_at', e.create_at, 'delete_at', 0, 'remote_id', '', 'channel_id', p.channel_id) order by e.create_at, e.user_id)
      from reactions e where e.post_id = p.id
    ) end`,
  acknowledgements: `
    case when p.has_acknowledgements then (
      select json_agg(json_build_object('user_id', e.user_id, 'post_id', e.post_id, 'acknowledged_at', e.acknowledged_at,
        'channel_id', p.channel_id, 'remote_id', '') order by e.acknowledged_at, e.user_id)
      from acknowledgements e where e.post_id = p.id
    ) end`,
  emojis: emojiOfPostSql,
  previews: `
    case when p.has_previews then (
      select jsonb_agg(jsonb_build_object('n', l.n, 'url', v.url, 'type', v.type, 'data', v.data, 'images', v.images) order by l.n)
      from post_previews l join link_previews v on v.url = l.url where l.post_id = p.id and v.type <> ''
    ) end`,
}

/** Columns for a query that reads posts as `p`. */
export const metadataColumns = Object.entries(parts)
  .map(([name, sql]) => `${sql} as ${name}`)
  .join(', ')
