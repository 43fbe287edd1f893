/** What the reader may do with the bookmarks of a channel; the server checks again. */
import type { Channel } from '@plausch/wire'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'

/** In conversations everybody may; guests there may not change them. */
export const mayOnBookmarks = (
  channel: Channel | undefined,
  act: 'add' | 'edit' | 'delete' | 'order',
  read: Read,
): boolean => {
  if (!channel || channel.delete_at > 0) return false
  if (channel.type === 'D' || channel.type === 'G')
    return !(read(client.me)?.roles.split(' ').includes('system_guest') ?? true)
  const kind = channel.type === 'P' ? 'private' : 'public'
  return read(client.roles.permissions(channel.team_id, channel.id)).has(`${act}_bookmark_${kind}_channel`)
}
