import type { Reaction } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact } from '../../../core/facts.ts'

/** Somebody reacted to a post. */
export const reactionAdded = fact<{ post_id: string; user_id: string }>('reaction.added')

const announce = (context: Context, event: 'reaction_added' | 'reaction_removed', reaction: Reaction): void =>
  context.publish(
    event,
    { reaction: JSON.stringify(reaction) },
    { channel: reaction.channel_id, onlyWhereShown: reaction.channel_id },
  )

/** Sent to the clients that show the channel. Other clients ask for changes when they open it. */
export const announceAdded = (context: Context, reaction: Reaction): void =>
  announce(context, 'reaction_added', reaction)

export const announceRemoved = (context: Context, reaction: Reaction): void =>
  announce(context, 'reaction_removed', reaction)
