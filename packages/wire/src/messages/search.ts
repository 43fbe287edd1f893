/** Search: posts and files by their words, author, place and date. */
import { type Static, Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Id, Text } from '../records.ts'
import { FileInfo } from './files.ts'
import { PostList } from './posts.ts'

/**
 * `terms` are words, "phrases", -excluded words, prefixes* and #hashtags, with from: in: before: after: on:
 * ext:. `time_zone_offset` is in seconds east of UTC; it tells when a day begins for the searcher.
 */
export const SearchTerms = Type.Object({
  terms: Text(1024, 1),
  is_or_search: Type.Optional(Type.Boolean()),
  time_zone_offset: Type.Optional(Type.Integer({ minimum: -86_400, maximum: 86_400 })),
  include_deleted_channels: Type.Optional(Type.Boolean()),
  page: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  per_page: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
})
export type SearchTerms = Static<typeof SearchTerms>

/** `matches` lists, for each post, the words that the search found in it. */
export const PostSearch = Type.Object({
  ...PostList.properties,
  matches: Type.Record(Id, Type.Array(Type.String())),
})
export type PostSearch = Static<typeof PostSearch>

/** `order` holds ids, newest first. */
export const FileSearch = Type.Object({
  order: Type.Array(Id),
  file_infos: Type.Record(Id, FileInfo),
  next_file_info_id: Type.String(),
  prev_file_info_id: Type.String(),
  first_inaccessible_file_time: Type.Literal(0),
})
export type FileSearch = Static<typeof FileSearch>

export const search = operations('search', {
  posts: post('/posts/search', { body: SearchTerms, reply: PostSearch }),
  postsInTeam: post('/teams/{team_id}/posts/search', { body: SearchTerms, reply: PostSearch }),
  files: post('/files/search', { body: SearchTerms, reply: FileSearch }),
  filesInTeam: post('/teams/{team_id}/files/search', { body: SearchTerms, reply: FileSearch }),
})
