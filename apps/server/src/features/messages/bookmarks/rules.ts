/** Checks bookmarks. Source: protocol, semantics 10. */
import { Fault } from '../../../core/faults.ts'
import type { BookmarkRow } from './store.ts'

/** Accepts addresses that browsers open as pages, and rejects those that they would execute. */
const checkAddress = (address: string): void => {
  const url = URL.parse(address)
  const isFine =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    /^https?:\/\//i.test(address) &&
    url.username === '' &&
    url.password === ''
  if (!isFine) throw new Fault('bookmarks.link')
}

type Checked = Pick<BookmarkRow, 'type' | 'link_url' | 'image_url' | 'file_id'>

export const checkBookmark = ({ type, link_url, image_url, file_id }: Checked): void => {
  if (type === 'link' && (link_url === '' || file_id !== '')) throw new Fault('bookmarks.link_only')
  if (type === 'file' && (file_id === '' || link_url !== '' || image_url !== '')) {
    throw new Fault('bookmarks.file_only')
  }
  for (const address of [link_url, image_url]) if (address !== '') checkAddress(address)
}
