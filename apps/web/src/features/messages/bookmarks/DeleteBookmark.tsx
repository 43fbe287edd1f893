import type { Bookmark } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type DeleteBookmarkProps = { bookmark: Bookmark; close(): void }

/** Asks before a bookmark disappears for everybody. */
export const DeleteBookmark = ({ bookmark, close }: DeleteBookmarkProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('bookmark.deleteTitle', { name: bookmark.display_name })}
      lead={say('bookmark.deleteLead')}
      action={say('bookmark.delete')}
      isDanger
      run={() => client.bookmarks.remove(bookmark.channel_id, bookmark.id)}
      onClose={close}
    />
  )
}
