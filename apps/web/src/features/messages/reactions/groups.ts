/** The reactions of a message, by emoji. */
import type { Reaction } from '@plausch/wire'

export type ReactionGroup = {
  name: string
  /** Those who reacted, the first of them first. */
  userIds: readonly string[]
  isOwn: boolean
}

/** In the order in which the emoji were first used, so that none moves when somebody reacts. */
export const reactionGroups = (reactions: readonly Reaction[], me: string): ReactionGroup[] => {
  const byName = new Map<string, string[]>()
  for (const { emoji_name, user_id } of reactions.toSorted((a, b) => a.create_at - b.create_at)) {
    const known = byName.get(emoji_name)
    if (known) known.push(user_id)
    else byName.set(emoji_name, [user_id])
  }
  return [...byName].map(([name, userIds]) => ({ name, userIds, isOwn: userIds.includes(me) }))
}
