/** Bookmarks: links and files at the top of a channel, in an order that its members choose. */
import { type Static, Type } from 'typebox'
import { millis } from '../input.ts'
import { Name } from '../names.ts'
import { del, get, operations, patch, post } from '../operation.ts'
import { Id, IdOrNone, JsonText, Millis } from '../records.ts'
import { FileInfo } from './files.ts'

const BookmarkType = Type.Union([Type.Literal('link'), Type.Literal('file')])
const Link = Type.String({ maxLength: 1024 })

/**
 * v4's ChannelBookmarkWithFileInfo. If a person changes the bookmark of somebody else, a new one replaces it:
 * `original_id` is the id of the old one, `owner_id` the person who changed it. A deleted bookmark keeps only
 * ids, type and times.
 */
export const Bookmark = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  channel_id: Id,
  owner_id: Id,
  type: BookmarkType,
  display_name: Type.String(),
  sort_order: Type.Integer({ minimum: 0 }),
  link_url: Type.Optional(Type.String()),
  image_url: Type.Optional(Type.String()),
  emoji: Type.Optional(Type.String()),
  file_id: IdOrNone,
  file: Type.Optional(FileInfo),
  original_id: Type.Optional(Id),
  parent_id: Type.Optional(Id),
})
export type Bookmark = Static<typeof Bookmark>

const changeable = {
  link_url: Type.Optional(Link),
  image_url: Type.Optional(Link),
  /** The name of an emoji, with or without colons. */
  emoji: Type.Optional(Type.String({ pattern: '^(:?[a-zA-Z0-9+_-]{1,64}:?)?$' })),
  file_id: Type.Optional(IdOrNone),
}

export const NewBookmark = Type.Object({
  type: BookmarkType,
  display_name: Name(64, 1),
  ...changeable,
  parent_id: Type.Optional(IdOrNone),
})
export type NewBookmark = Static<typeof NewBookmark>

export const BookmarkPatch = Type.Object({ display_name: Type.Optional(Name(64, 1)), ...changeable })
export type BookmarkPatch = Static<typeof BookmarkPatch>

/** If the bookmark belonged to somebody else, `deleted` is the old one and `updated` replaces it. */
export const BookmarkUpdate = Type.Object({ updated: Bookmark, deleted: Type.Optional(Bookmark) })
export type BookmarkUpdate = Static<typeof BookmarkUpdate>

export const bookmarks = operations('bookmarks', {
  list: get('/channels/{channel_id}/bookmarks', {
    query: { bookmarks_since: millis },
    reply: Type.Array(Bookmark),
  }),
  create: post('/channels/{channel_id}/bookmarks', { body: NewBookmark, reply: Bookmark, status: 201 }),
  patch: patch('/channels/{channel_id}/bookmarks/{bookmark_id}', {
    body: BookmarkPatch,
    reply: BookmarkUpdate,
  }),
  remove: del('/channels/{channel_id}/bookmarks/{bookmark_id}', { reply: Bookmark }),
  /** The body is the new position, counted from 0. The reply lists all bookmarks of the channel in order. */
  sort: post('/channels/{channel_id}/bookmarks/{bookmark_id}/sort_order', {
    body: Type.Integer({ minimum: 0, maximum: 1000 }),
    reply: Type.Array(Bookmark),
  }),
})

/**
 * JSON strings: `bookmark` is a Bookmark; `bookmarks` is a BookmarkUpdate, or all bookmarks of the channel
 * after sorting.
 */
export const bookmarkEvents = {
  channel_bookmark_created: Type.Object({ bookmark: JsonText(Bookmark) }),
  channel_bookmark_updated: Type.Object({ bookmarks: JsonText(BookmarkUpdate) }),
  channel_bookmark_deleted: Type.Object({ bookmark: JsonText(Bookmark) }),
  channel_bookmark_sorted: Type.Object({ bookmarks: JsonText(Type.Array(Bookmark)) }),
}
