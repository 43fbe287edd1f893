import { bookmarks } from '@plausch/wire'
import { type Draft, type Preparations, roomOf } from '../draft.ts'

const LINK = { type: 'link', display_name: 'Link', link_url: 'https://example.org' } as const

/** A bookmark of the owner in the room, which leaves nothing behind. */
const made = async (draft: Draft) => {
  const { owner } = draft.scene
  const params = { channel_id: roomOf(draft).id }
  const { id } = await owner.call(bookmarks.create, { params, body: LINK })
  draft.params.bookmark_id = id
  draft.after = async () => {
    await owner.call(bookmarks.remove, { params: { ...params, bookmark_id: id } }).catch(() => undefined)
  }
}

export const bookmarksPreparations: Preparations = {
  'bookmarks.create': (draft) => {
    draft.body = LINK
  },
  'bookmarks.patch': made,
  'bookmarks.remove': made,
  'bookmarks.sort': made,
}
