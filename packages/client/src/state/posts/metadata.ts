/**
 * What events change around a post that stays as it was written. Each such change moves `update_at` on the server by one at least; so does
 * this, and a copy that was read before the event does not take its place.
 */
import type { Acknowledgement, Post, PostMetadata, Reaction } from '@plausch/wire'

const noted = (post: Post, metadata: PostMetadata): Post => ({
  ...post,
  update_at: post.update_at + 1,
  metadata,
})

/** An empty part is left out, as v4 does. */
const part = <K extends string, T>(name: K, list: readonly T[]) =>
  (list.length > 0 ? { [name]: list } : {}) as { [P in K]?: T[] }

/** With a reaction, or without it. */
export const withReaction = (post: Post, reaction: Reaction, isThere: boolean): Post => {
  const { reactions = [], ...rest } = post.metadata
  const others = reactions.filter(
    ({ user_id, emoji_name }) => user_id !== reaction.user_id || emoji_name !== reaction.emoji_name,
  )
  if (others.length < reactions.length === isThere) return post
  const all = isThere ? [...others, reaction] : others
  const { has_reactions: _, ...plain } = post
  return noted(all.length > 0 ? { ...plain, has_reactions: true } : plain, {
    ...rest,
    ...part('reactions', all),
  })
}

/** With an acknowledgement, or without it. */
export const withAcknowledgement = (post: Post, one: Acknowledgement, isThere: boolean): Post => {
  const { acknowledgements = [], ...rest } = post.metadata
  const others = acknowledgements.filter(({ user_id }) => user_id !== one.user_id)
  if (others.length < acknowledgements.length === isThere) return post
  return noted(post, { ...rest, ...part('acknowledgements', isThere ? [...others, one] : others) })
}

/** A first post with a reply that has just been written; one that is counted already changes nothing. */
export const withReply = (root: Post, reply: Post): Post => {
  if (reply.create_at <= root.last_reply_at) return root
  const others = (root.participants ?? []).filter(({ id }) => id !== reply.user_id)
  return {
    ...root,
    reply_count: root.reply_count + 1,
    last_reply_at: reply.create_at,
    participants: [...others, { id: reply.user_id }],
  }
}
