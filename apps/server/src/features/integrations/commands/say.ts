/** Posts messages for commands. */
import { posts } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { createPost, mayPostIn } from '../../messages/posts/writing/index.ts'
import { performHere } from './command.ts'

export type Said = {
  message: string
  type?: string
  props?: Record<string, unknown>
  /** A message with the same id is written once. */
  pending_post_id?: string
}

/** Posts a message as the actor. `isThere`: it sets them online. */
export const say = async (
  context: Context,
  channelId: string,
  rootId: string,
  said: Said,
  isThere = true,
): Promise<void> => {
  const body = { channel_id: channelId, root_id: rootId, ...said }
  const input = { params: {}, query: { set_online: isThere }, body }
  await performHere(context, posts.create, mayPostIn, createPost, input)
}
