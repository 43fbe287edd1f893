/** What the signed-in person may do with a message; the server checks again. */
import type { Post } from '@plausch/wire'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { isSystem } from './rows.ts'

export type PostRights = { mayReply: boolean; mayEdit: boolean; mayDelete: boolean; mayPin: boolean }

export const postRights = (post: Post, read: Read): PostRights => {
  const channel = read(client.channels.described(post.channel_id))
  const permissions = read(client.roles.permissions(channel?.team_id ?? '', post.channel_id))
  const isOwn = post.user_id === read(client.myId)
  const isOpen = channel !== undefined && channel.delete_at === 0
  const mayWrite = isOpen && permissions.has('create_post')
  return {
    mayReply: mayWrite,
    mayEdit: mayWrite && isOwn && permissions.has('edit_post'),
    mayPin: mayWrite && !isSystem(post),
    mayDelete: isOpen && permissions.has(isOwn ? 'delete_post' : 'delete_others_posts'),
  }
}
