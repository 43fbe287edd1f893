import type { Bookmark, BookmarkUpdate, bookmarks, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import type { SeenChannel } from '../../places/channels/index.ts'
import { attachFiles, eraseFiles, moveFiles } from '../files/index.ts'
import type { SeenBookmark } from './access.ts'
import { announceCreated, announceDeleted, announceSorted, announceUpdated } from './events.ts'
import { shownBookmark } from './records.ts'
import { checkBookmark } from './rules.ts'
import {
  type BookmarkRow,
  bookmarksChangedSince,
  eraseBookmark,
  findBookmark,
  insertBookmark,
  listBookmarks,
  numberBookmarks,
  updateBookmark,
} from './store.ts'

const MOST = 50

export const list = async (
  { db }: Context,
  { query }: InputOf<typeof bookmarks.list>,
  { channel }: SeenChannel,
): Promise<Bookmark[]> => {
  const since = query.bookmarks_since
  const rows =
    since > 0 ? await bookmarksChangedSince(db, channel.id, since) : await listBookmarks(db, channel.id)
  return rows.map(shownBookmark)
}

/**
 * Attaches a file to the bookmark. It must be the actor's own file in this channel, and not attached to
 * anything yet.
 */
const takeFile = async ({ db, actor, now }: Context, row: BookmarkRow): Promise<void> => {
  if (row.file_id === '') return
  const ids = await attachFiles(db, {
    ids: [row.file_id],
    user_id: actor.userId,
    channel_id: row.channel_id,
    post_id: row.id,
    now,
  })
  if (ids.length === 0) throw new Fault('files.not_yours')
}

/** Reads the bookmark from the database again, with its file. */
const reread = async ({ db }: Context, { channel_id, id }: BookmarkRow): Promise<Bookmark> => {
  const row = await findBookmark(db, channel_id, id)
  if (!row) throw new Error('a bookmark that was written is not there')
  return shownBookmark(row)
}

export const create = async (
  context: Context,
  { body }: InputOf<typeof bookmarks.create>,
  { channel }: SeenChannel,
): Promise<Bookmark> => {
  const { db, actor, now } = context
  const present = await listBookmarks(db, channel.id)
  const row: BookmarkRow = {
    id: newId(now),
    create_at: now,
    update_at: now,
    delete_at: 0,
    channel_id: channel.id,
    owner_id: actor.userId,
    type: body.type,
    display_name: body.display_name,
    sort_order: (present.at(-1)?.sort_order ?? -1) + 1,
    link_url: body.link_url ?? '',
    image_url: body.image_url ?? '',
    emoji: body.emoji ?? '',
    file_id: body.file_id ?? '',
    original_id: '',
    parent_id: body.parent_id ?? '',
  }
  checkBookmark(row)
  if (row.parent_id !== '' && !present.some(({ id }) => id === row.parent_id))
    throw new Fault('bookmarks.not_found')
  if (present.length >= MOST) throw new Fault('bookmarks.limit', { max: MOST })
  await takeFile(context, row)
  await insertBookmark(db, row)
  const bookmark = await reread(context, row)
  announceCreated(context, bookmark)
  return bookmark
}

/** Deletes somebody else's bookmark, and inserts one of the actor in its place. */
const replace = async (context: Context, before: BookmarkRow, next: BookmarkRow): Promise<BookmarkRow> => {
  const { db, now, actor } = context
  const made = {
    ...next,
    id: newId(now),
    create_at: now,
    update_at: now,
    owner_id: actor.userId,
    original_id: before.id,
  }
  await moveFiles(db, before.id, made.id, now)
  await eraseBookmark(db, before.id, now)
  await insertBookmark(db, made)
  return made
}

/**
 * Changes the actor's own bookmark. Somebody else's is replaced, so that everybody sees who is responsible
 * for it now.
 */
export const patch = async (
  context: Context,
  { body }: InputOf<typeof bookmarks.patch>,
  { bookmark }: SeenBookmark,
): Promise<BookmarkUpdate> => {
  const { db, actor, now } = context
  const before = await findBookmark(db, bookmark.channel_id, bookmark.id)
  if (!before) throw new Fault('bookmarks.not_found')
  const isOwn = before.owner_id === actor.userId
  const { file: _file, ...row } = before
  const changed: BookmarkRow = { ...row, ...body, update_at: Math.max(now, row.update_at + 1) }
  checkBookmark(changed)
  const next = isOwn ? changed : await replace(context, row, changed)
  if (next.file_id !== row.file_id) {
    if (row.file_id !== '') await eraseFiles(context, [row.file_id])
    await takeFile(context, next)
  }
  if (isOwn) await updateBookmark(db, next)
  const update: BookmarkUpdate = {
    updated: await reread(context, next),
    ...(isOwn ? {} : { deleted: shownBookmark({ ...before, delete_at: now, update_at: now }) }),
  }
  announceUpdated(context, update)
  return update
}

export const remove = async (
  context: Context,
  _input: unknown,
  { bookmark }: SeenBookmark,
): Promise<Bookmark> => {
  const { db, now } = context
  await eraseBookmark(db, bookmark.id, now)
  if (bookmark.file_id !== '') await eraseFiles(context, [bookmark.file_id])
  const gone = shownBookmark({ ...bookmark, file: null, delete_at: now, update_at: now })
  announceDeleted(context, gone)
  return gone
}

/** Moves a bookmark to a position and renumbers the others. */
export const sort = async (
  context: Context,
  { body: place }: InputOf<typeof bookmarks.sort>,
  { channel, bookmark }: SeenBookmark,
): Promise<Bookmark[]> => {
  const { db, now } = context
  const others = (await listBookmarks(db, channel.id)).map(({ id }) => id).filter((id) => id !== bookmark.id)
  if (place > others.length) throw new Fault('bookmarks.place')
  await numberBookmarks(db, others.toSpliced(place, 0, bookmark.id), now)
  const sorted = (await listBookmarks(db, channel.id)).map(shownBookmark)
  announceSorted(context, channel.id, sorted)
  return sorted
}
