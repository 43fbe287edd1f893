/**
 * Applies events that change the metadata of a post, but not its text. Each such change increases `update_at`
 * on the server by at least one. So does this code, so that a copy that was read before the event does not
 * replace the post.
 */
import type { Acknowledgement, Post, PostMetadata, Reaction } from '@plausch/wire'

const noted = (post: Post, metadata: PostMetadata): Post => ({
  ...post,
  update_at: post.update_at + 1,
  metadata,
})

/** An empty part is left out, as in v4. */
const part = <K extends string, T>(name: K, list: readonly T[]) =>
  (list.length > 0 ? { [name]: list } : {}) as { [P in K]?: T[] }

/** Adds or removes a reaction. */
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

/** Adds or removes an acknowledgement. */
export const withAcknowledgement = (post: Post, one: Acknowledgement, isThere: boolean): Post => {
  const { acknowledgements = [], ...rest } = post.metadata
  const others = acknowledgements.filter(({ user_id }) => user_id !== one.user_id)
  if (others.length < acknowledgements.length === isThere) return post
  return noted(post, { ...rest, ...part('acknowledgements', isThere ? [...others, one] : others) })
}

/** Adds a new reply to a root post; a reply that is counted already changes nothing. */
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
