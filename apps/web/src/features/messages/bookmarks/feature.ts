import { BookmarkPlus } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { BookmarksBar } from './BookmarksBar.tsx'
import { editBookmark } from './dialogs.ts'
import { mayOnBookmarks } from './rights.ts'

export const bookmarks: Feature = {
  name: 'bookmarks',
  actions: [
    action({
      on: 'channel',
      name: 'bookmarks.add',
      label: 'bookmark.add',
      icon: BookmarkPlus,
      when: (channel, read) => mayOnBookmarks(channel, 'add', read),
      run: ({ id }) => editBookmark.open({ channelId: id }),
    }),
  ],
  channelParts: [BookmarksBar],
}
