/** Posts: known ones, those being sent, and operations on them. */
import { posts as operations, type Post } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import { Collection, type Source } from '../../source.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'
import { createHistory } from './history.ts'
import { withAcknowledgement, withReaction, withReply } from './metadata.ts'
import { createOutbox } from './outbox.ts'
import { createReplies, type Replies } from './replies.ts'
import { createShelf, type Shelf } from './shelf.ts'

/** Calls `changed` when replies move out of their channels into threads, or back. */
const onSwitch = (collapsing: Source<boolean>, changed: () => void): void => {
  let was = collapsing.get()
  collapsing.subscribe(() => {
    if (collapsing.get() === was) return
    was = collapsing.get()
    changed()
  })
}

/** With `collapsing`, the timelines of channels contain root posts only. */
export const createPosts = (
  context: Context,
  users: Users,
  channels: Channels,
  collapsing: Source<boolean>,
) => {
  const { call, track } = context
  const shelf = createShelf(users)
  const { records, timelines } = shelf
  const history = createHistory(context, shelf, collapsing.get)
  const replies = createReplies(context, shelf)
  const asked = new Set<string>()
  /** Ephemeral posts, which only this person sees and the server does not store, by channel. */
  const ephemeral = new Collection<readonly Post[]>()

  const fetch = async (ids: readonly string[]): Promise<void> => {
    const found = await call(operations.listByIds, { body: [...ids] })
    for (const post of found) if (post.delete_at === 0) shelf.put(post)
  }

  const arrived = (post: Post): void => {
    if (post.root_id !== '' && collapsing.get()) shelf.put(post)
    else shelf.addNewest(post)
    records.update(post.root_id, (root) => withReply(root, post))
    replies.arrived(post)
    outbox.settle(post)
  }
  /** The preview of a linked post depends on the reader, so no event contains it. */
  const complete = ({ id, message }: Post): void => {
    if (/\/pl\/[a-z0-9]{26}\b/.test(message)) track(fetch([id]))
  }
  const dismiss = (post: Pick<Post, 'id' | 'channel_id'>): void =>
    ephemeral.update(post.channel_id, (all) => all.filter(({ id }) => id !== post.id))
  const outbox = createOutbox(context, arrived)
  channels.onGone((channelId) => {
    timelines.delete(channelId)
    replies.forgetIn(channelId)
    ephemeral.delete(channelId)
  })
  onSwitch(collapsing, () => {
    timelines.clear()
    history.clear()
  })

  const noun: Noun = {
    on: {
      posted: ({ post }) => {
        arrived(post)
        complete(post)
      },
      post_edited: ({ post }) => {
        const isKnown = records.has(post.id)
        // Also an unknown one: a list with its former text may be on the way.
        shelf.put(post)
        if (isKnown) complete(post)
      },
      post_deleted: ({ post }) => {
        shelf.remove(post)
        replies.removed(post)
        dismiss(post)
        // The event does not say how many replies are left, and whose.
        if (records.has(post.root_id)) track(fetch([post.root_id]))
      },
      ephemeral_message: ({ post }) => {
        dismiss(post)
        ephemeral.set(post.channel_id, [...(ephemeral.one(post.channel_id) ?? []), post])
      },
      reaction_added: ({ reaction }) =>
        records.update(reaction.post_id, (post) => withReaction(post, reaction, true)),
      reaction_removed: ({ reaction }) =>
        records.update(reaction.post_id, (post) => withReaction(post, reaction, false)),
      post_acknowledgement_added: ({ acknowledgement }) =>
        records.update(acknowledgement.post_id, (post) => withAcknowledgement(post, acknowledgement, true)),
      post_acknowledgement_removed: ({ acknowledgement }) =>
        records.update(acknowledgement.post_id, (post) => withAcknowledgement(post, acknowledgement, false)),
    },
    load() {
      history.distrust()
      replies.distrust()
    },
    clear() {
      shelf.clear()
      history.clear()
      replies.clear()
      outbox.clear()
      ephemeral.clear()
      asked.clear()
    },
  }

  const { open, loadOlder, loadNewer, loadAround } = history
  return {
    ...noun,
    records,
    timelines,
    replies,
    outbox,
    ephemeral,
    /** Removes an ephemeral post. */
    dismiss,
    put: shelf.put,
    ...{ open, loadOlder, loadNewer, loadAround },
    /** Loads single posts, such as those that replies refer to. */
    ensure(ids: readonly string[]): void {
      const missing = ids.filter((id) => id !== '' && !records.has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      track(fetch(missing))
    },
    ...changes(context, shelf, replies),
  }
}

const changes = ({ call }: Context, { records, put, remove }: Shelf, replies: Replies) => ({
  /** Shows the new text at once; reverts it if the server refuses. */
  async edit(postId: string, message: string): Promise<void> {
    const before = records.one(postId)
    if (!before) return
    const shown = { ...before, message }
    records.set(postId, shown)
    try {
      put(await call(operations.patch, { params: { post_id: postId }, body: { message } }))
    } catch (fault) {
      if (records.one(postId) === shown) records.set(postId, before)
      throw fault
    }
  },
  async remove(postId: string): Promise<void> {
    const post = records.one(postId)
    try {
      await call(operations.remove, { params: { post_id: postId } })
    } catch (fault) {
      // Somebody else deleted it first.
      if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
    }
    if (!post) return
    remove(post)
    replies.removed(post)
  },
})

export type Posts = ReturnType<typeof createPosts>
