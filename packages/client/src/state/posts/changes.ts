/** What people change in posts: reactions, texts, deletion. Each shows at once (`state/changes.ts`). */
import {
  type Acknowledgement,
  acknowledgements,
  posts as operations,
  type Post,
  type Reaction,
  reactions,
} from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import type { ChangingContext } from '../changes.ts'

import { withAcknowledgement, withReaction } from './metadata.ts'
import type { Replies } from './replies.ts'
import type { Shelf } from './shelf.ts'

type Reacting = { postId: string; channelId: string; emoji: string; isThere: boolean; at: number }
type Editing = { postId: string; message: string }
type Removing = { postId: string; channelId: string; rootId: string }

const reactionOf = (me: string, { postId, channelId, emoji, at }: Reacting): Reaction => ({
  user_id: me,
  post_id: postId,
  emoji_name: emoji,
  create_at: at,
  update_at: at,
  delete_at: 0,
  remote_id: '',
  channel_id: channelId,
})

/** Somebody else was faster: what was to be removed is gone. */
const unlessGone = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work
  } catch (fault) {
    if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
  }
}

const objectOf = ({ postId }: { postId: string }): string => `posts/${postId}`

const reacting = ({ call, me, changes }: ChangingContext, { records }: Shelf) =>
  changes.kind<Reacting, Reaction | undefined>({
    name: 'reaction',
    objectOf,
    apply(data, id) {
      records.lay(id, data.postId, (post) => post && withReaction(post, reactionOf(me(), data), data.isThere))
    },
    undo: ({ postId }, id) => records.lift(id, postId),
    async send({ postId, emoji, isThere }) {
      if (isThere) {
        return await call(reactions.save, { body: { user_id: me(), post_id: postId, emoji_name: emoji } })
      }
      const params = { user_id: 'me', post_id: postId, emoji_name: emoji }
      await unlessGone(call(reactions.remove, { params }))
      return undefined
    },
    done(data, saved, id) {
      const reaction = saved ?? reactionOf(me(), data)
      records.update(data.postId, (post) => withReaction(post, reaction, data.isThere))
      records.lift(id, data.postId)
    },
  })

const editing = ({ call, changes }: ChangingContext, { records, put }: Shelf) =>
  changes.kind<Editing, Post>({
    name: 'edit',
    objectOf,
    replacesEarlier: true,
    apply({ postId, message }, id) {
      records.lay(id, postId, (post) => post && { ...post, message })
    },
    undo: ({ postId }, id) => records.lift(id, postId),
    send: ({ postId, message }) => call(operations.patch, { params: { post_id: postId }, body: { message } }),
    done({ postId }, post, id) {
      put(post)
      records.lift(id, postId)
    },
  })

const removing = ({ call, changes }: ChangingContext, { records, remove }: Shelf, replies: Replies) =>
  changes.kind<Removing, unknown>({
    name: 'deletion',
    objectOf,
    apply: ({ postId }, id) => records.lay(id, postId, () => undefined),
    undo: ({ postId }, id) => records.lift(id, postId),
    send: ({ postId }) => unlessGone(call(operations.remove, { params: { post_id: postId } })),
    done({ postId, channelId, rootId }, _, id) {
      records.lift(id, postId)
      remove({ id: postId, channel_id: channelId })
      replies.removed({ id: postId, root_id: rootId })
    },
  })

type Acknowledging = { postId: string; channelId: string; isThere: boolean; at: number }

const acknowledging = ({ call, me, changes }: ChangingContext, { records }: Shelf) => {
  const shown = (post: Post, { postId, channelId, isThere, at }: Acknowledging): Post => {
    const known = post.metadata.acknowledgements?.find(({ user_id }) => user_id === me())
    const mine: Acknowledgement = known ?? {
      ...{ user_id: me(), post_id: postId, channel_id: channelId, acknowledged_at: at, remote_id: '' },
    }
    return withAcknowledgement(post, mine, isThere)
  }
  return changes.kind<Acknowledging, unknown>({
    name: 'acknowledgement',
    objectOf,
    apply: (data, id) => records.lay(id, data.postId, (post) => post && shown(post, data)),
    undo: ({ postId }, id) => records.lift(id, postId),
    async send({ postId, isThere }) {
      const params = { user_id: 'me', post_id: postId }
      await (isThere
        ? call(acknowledgements.save, { params })
        : unlessGone(call(acknowledgements.remove, { params })))
    },
    done(data, _, id) {
      records.update(data.postId, (post) => shown(post, data))
      records.lift(id, data.postId)
    },
  })
}

/** Functions that change posts; each promise rejects if the server refuses, after the change was undone. */
export const postChanges = (context: ChangingContext, shelf: Shelf, replies: Replies) => {
  const react = reacting(context, shelf)
  const edit = editing(context, shelf)
  const acknowledge = acknowledging(context, shelf)
  const remove = removing(context, shelf, replies)
  const { records } = shelf
  return {
    /** Adds or removes one of my reactions. */
    async react(postId: string, emoji: string, isThere: boolean): Promise<void> {
      const post = records.one(postId)
      if (!post) return
      await react({ postId, channelId: post.channel_id, emoji, isThere, at: context.now() })
    },
    /** Confirms that I have read a post, or takes that back. */
    async acknowledge(postId: string, isThere: boolean): Promise<void> {
      const post = records.one(postId)
      if (post) await acknowledge({ postId, channelId: post.channel_id, isThere, at: context.now() })
    },
    async edit(postId: string, message: string): Promise<void> {
      if (records.has(postId)) await edit({ postId, message })
    },
    async remove(postId: string): Promise<void> {
      const post = records.one(postId)
      if (post) await remove({ postId, channelId: post.channel_id, rootId: post.root_id })
    },
  }
}
