/** Who may react to a message. */
import { type Source, select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'

export const mayReactTo = (post: Post, read: Read): boolean => {
  const channel = read(client.channels.described(post.channel_id))
  const permissions = read(client.roles.permissions(channel?.team_id ?? '', post.channel_id))
  return channel?.delete_at === 0 && permissions.has('add_reaction') && post.type !== 'system_ephemeral'
}

/** The same as a source. */
export const mayReact = (post: Post): Source<boolean> => select((read) => mayReactTo(post, read))
