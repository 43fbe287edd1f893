/** What a person does to a post beside writing it: reacts, acknowledges. Each shows at once. */
import { type Acknowledgement, acknowledgements, type Reaction, reactions } from '@plausch/wire'
import type { Context } from '../noun.ts'
import { withAcknowledgement, withReaction } from './metadata.ts'
import type { Shelf } from './shelf.ts'

/** Functions that mark posts; each promise rejects if the server refuses, after the mark was undone. */
export const postMarks = ({ call, me, now }: Context, { records }: Shelf) => ({
  /** Adds or removes one of my reactions. */
  async react(postId: string, emoji: string, isThere: boolean): Promise<void> {
    const post = records.one(postId)
    if (!post) return
    const at = now()
    const reaction: Reaction = {
      ...{ user_id: me(), post_id: postId, emoji_name: emoji, channel_id: post.channel_id },
      ...{ create_at: at, update_at: at, delete_at: 0, remote_id: '' },
    }
    records.update(postId, (known) => withReaction(known, reaction, isThere))
    const body = { user_id: me(), post_id: postId, emoji_name: emoji }
    const params = { ...body, user_id: 'me' }
    try {
      await (isThere ? call(reactions.save, { body }) : call(reactions.remove, { params }))
    } catch (fault) {
      records.update(postId, (known) => withReaction(known, reaction, !isThere))
      throw fault
    }
  },
  /** Confirms that I have read a post, or takes that back. */
  async acknowledge(postId: string, isThere: boolean): Promise<void> {
    const post = records.one(postId)
    if (!post) return
    const mine: Acknowledgement = post.metadata.acknowledgements?.find(({ user_id }) => user_id === me()) ?? {
      ...{ user_id: me(), post_id: postId, channel_id: post.channel_id },
      ...{ acknowledged_at: now(), remote_id: '' },
    }
    records.update(postId, (known) => withAcknowledgement(known, mine, isThere))
    const params = { user_id: 'me', post_id: postId }
    try {
      await (isThere ? call(acknowledgements.save, { params }) : call(acknowledgements.remove, { params }))
    } catch (fault) {
      records.update(postId, (known) => withAcknowledgement(known, mine, !isThere))
      throw fault
    }
  },
})
