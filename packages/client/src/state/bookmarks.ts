/** Bookmarks of channels: links and files at the top, loaded for channels that a screen shows. */
import { type Bookmark, type BookmarkPatch, type NewBookmark, bookmarks as operations } from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const inOrder = (all: readonly Bookmark[]): readonly Bookmark[] =>
  all.toSorted((a, b) => a.sort_order - b.sort_order || (a.id < b.id ? -1 : 1))

export const createBookmarks = (context: Context, channels: Channels) => {
  const { call } = context
  const byChannel = new Collection<readonly Bookmark[]>()

  const opened = createOpened(
    context,
    async (channelId) => {
      const all = await call(operations.list, { params: { channel_id: channelId } })
      return () => byChannel.set(channelId, all)
    },
    (channelId) => byChannel.delete(channelId),
  )
  channels.onGone(opened.drop)

  const edit = (channelId: string, change: (all: readonly Bookmark[]) => readonly Bookmark[]): void =>
    opened.change(channelId, () => byChannel.update(channelId, change))
  const remove = ({ id, channel_id }: Bookmark): void =>
    edit(channel_id, (all) => all.filter((each) => each.id !== id))
  const put = (bookmark: Bookmark): void =>
    edit(bookmark.channel_id, (all) => inOrder([...all.filter(({ id }) => id !== bookmark.id), bookmark]))

  const noun: Noun = {
    on: {
      channel_bookmark_created: ({ bookmark }) => put(bookmark),
      channel_bookmark_updated: ({ bookmarks: { updated, deleted } }) => {
        if (deleted) remove(deleted)
        put(updated)
      },
      channel_bookmark_deleted: ({ bookmark }) => remove(bookmark),
      channel_bookmark_sorted: ({ bookmarks }, { broadcast }) => edit(broadcast.channel_id, () => bookmarks),
    },
    load: opened.revisit,
    clear: opened.clear,
  }

  return {
    ...noun,
    byChannel,
    /** Loads the bookmarks of a channel. */
    open: opened.load,
    async create(channelId: string, bookmark: NewBookmark): Promise<void> {
      put(await call(operations.create, { params: { channel_id: channelId }, body: bookmark }))
    },
    async patch(channelId: string, bookmarkId: string, patch: BookmarkPatch): Promise<void> {
      const params = { channel_id: channelId, bookmark_id: bookmarkId }
      const { updated, deleted } = await call(operations.patch, { params, body: patch })
      if (deleted) remove(deleted)
      put(updated)
    },
    async remove(channelId: string, bookmarkId: string): Promise<void> {
      const params = { channel_id: channelId, bookmark_id: bookmarkId }
      await call(operations.remove, { params })
      edit(channelId, (all) => all.filter(({ id }) => id !== bookmarkId))
    },
    /** Moves a bookmark to a place, counted from 0: at once here; if the server refuses, back again. */
    async sort(channelId: string, bookmarkId: string, to: number): Promise<void> {
      const before = byChannel.one(channelId) ?? []
      const moved = before.find(({ id }) => id === bookmarkId)
      if (!moved) return
      const shown = before.filter((each) => each !== moved).toSpliced(to, 0, moved)
      byChannel.set(channelId, shown)
      try {
        const params = { channel_id: channelId, bookmark_id: bookmarkId }
        const all = await call(operations.sort, { params, body: to })
        edit(channelId, () => all)
      } catch (fault) {
        if (byChannel.one(channelId) === shown) byChannel.set(channelId, before)
        throw fault
      }
    },
  }
}

export type Bookmarks = ReturnType<typeof createBookmarks>
