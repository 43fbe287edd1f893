/** Events for the channel. The client that made the change already knows, so it is left out. */
import type { Bookmark, BookmarkUpdate } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

const inChannel = ({ request }: Context, channelId: string) => ({
  channel: channelId,
  omitConnection: request.connectionId,
})

export const announceCreated = (context: Context, bookmark: Bookmark): void =>
  context.publish(
    'channel_bookmark_created',
    { bookmark: JSON.stringify(bookmark) },
    inChannel(context, bookmark.channel_id),
  )

export const announceUpdated = (context: Context, update: BookmarkUpdate): void =>
  context.publish(
    'channel_bookmark_updated',
    { bookmarks: JSON.stringify(update) },
    inChannel(context, update.updated.channel_id),
  )

export const announceDeleted = (context: Context, bookmark: Bookmark): void =>
  context.publish(
    'channel_bookmark_deleted',
    { bookmark: JSON.stringify(bookmark) },
    inChannel(context, bookmark.channel_id),
  )

export const announceSorted = (context: Context, channelId: string, bookmarks: readonly Bookmark[]): void =>
  context.publish(
    'channel_bookmark_sorted',
    { bookmarks: JSON.stringify(bookmarks) },
    inChannel(context, channelId),
  )
