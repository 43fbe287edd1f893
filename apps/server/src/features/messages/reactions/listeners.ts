/** Deletes reactions when their post or their emoji is deleted. */
import { type Context, change, system } from '../../../core/context.ts'
import { after } from '../../../core/facts.ts'
import { emojiDeleted } from '../emoji/index.ts'
import { lockPost, notePost } from '../posts/index.ts'
import { announceRemoved } from './events.ts'
import { shownReaction } from './records.ts'
import { eraseReactionsWith, hasReactions, postsReactedWith } from './store.ts'

const AT_ONCE = 100

/** Deletes the reactions with a deleted emoji, a few posts at a time, because there may be many. */
const removeEmoji = async ({ server }: Context, emoji: { name: string; at: number }): Promise<void> => {
  for (;;) {
    const posts = await change(server, { actor: system }, async (context) => {
      const ids = await postsReactedWith(context.db, emoji.name, emoji.at, AT_ONCE)
      for (const id of ids) {
        const post = await lockPost(context.db, id)
        for (const gone of await eraseReactionsWith(context.db, id, emoji.name, emoji.at)) {
          if (post) announceRemoved(context, shownReaction(gone, post.channel_id))
        }
        await notePost(context, id, { has_reactions: await hasReactions(context.db, id) })
      }
      return ids.length
    })
    if (posts < AT_ONCE) return
  }
}

export const listeners = [after(emojiDeleted, removeEmoji)]
