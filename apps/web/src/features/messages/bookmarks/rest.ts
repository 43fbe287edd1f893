/** What people can do with the bookmarks of a channel. */
import { BookmarkPlus } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { editBookmark } from './dialogs.ts'
import { mayOnBookmarks } from './rights.ts'

export const actions: readonly Action[] = [
  action({
    on: 'channel',
    name: 'bookmarks.add',
    label: 'bookmark.add',
    icon: BookmarkPlus,
    when: (channel, read) => mayOnBookmarks(channel, 'add', read),
    run: ({ id }) => editBookmark.open({ channelId: id }),
  }),
]
