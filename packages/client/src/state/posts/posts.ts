/** Posts: known ones, those being sent, and operations on them. */
import { posts as operations, type Post } from '@plausch/wire'
import type { Handlers } from '../../events.ts'
import { batch, Collection, type Source } from '../../source.ts'
import type { ChangingContext } from '../changes.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'
import { postChanges } from './changes.ts'
import { createHistory } from './history.ts'
import { createKept } from './kept.ts'
import { withAcknowledgement, withReaction, withReply } from './metadata.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createReplies, type Replies } from './replies.ts'
import { createShelf, type Shelf } from './shelf.ts'
import { createTidying } from './tidying.ts'

/** Ephemeral posts, which only this person sees and the server does not store, by channel. */
const createEphemeral = () => {
  const byChannel = new Collection<readonly Post[]>()
  const dismiss = (post: Pick<Post, 'id' | 'channel_id'>): void =>
    byChannel.update(post.channel_id, (all) => all.filter(({ id }) => id !== post.id))
  return {
    byChannel,
    dismiss,
    put(post: Post): void {
      dismiss(post)
      byChannel.set(post.channel_id, [...(byChannel.one(post.channel_id) ?? []), post])
    },
  }
}

/** Single posts, such as those that replies refer to, loaded by their ids. */
const createSingle = ({ call, track }: Context, { records, put }: Shelf) => {
  const asked = new Set<string>()
  const fetch = async (ids: readonly string[]): Promise<void> => {
    const found = await call(operations.listByIds, { body: [...ids] })
    for (const post of found) if (post.delete_at === 0) put(post)
  }
  return {
    fetchLater: (id: string): void => track(fetch([id])),
    ensure(ids: readonly string[]): void {
      const missing = ids.filter((id) => id !== '' && !records.has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      const again = (fault: unknown): never => {
        for (const id of missing) asked.delete(id)
        throw fault
      }
      track(fetch(missing).catch(again))
    },
    /** The client has forgotten a post: who shows it asks again. */
    forget: (id: string): void => void asked.delete(id),
    clear: () => asked.clear(),
  }
}

type Parts = {
  shelf: Shelf
  ephemeral: ReturnType<typeof createEphemeral>
  fetchLater(id: string): void
  arrived(post: Post): void
  removed(post: Post): void
}

const postHandlers = ({ shelf, ephemeral, fetchLater, arrived, removed }: Parts): Handlers => {
  const { records } = shelf
  /** The preview of a linked post depends on the reader, so no event contains it. */
  const complete = ({ id, message }: Post): void => {
    if (/\/pl\/[a-z0-9]{26}\b/.test(message)) fetchLater(id)
  }
  return {
    posted: ({ post }) => {
      arrived(post)
      complete(post)
    },
    post_edited: ({ post }) => {
      const isKnown = records.base(post.id) !== undefined
      // Also an unknown one: a list with its former text may be on the way.
      shelf.put(post)
      if (isKnown) complete(post)
    },
    post_deleted: ({ post }) => {
      removed(post)
      ephemeral.dismiss(post)
      // The event does not say how many replies are left, and whose.
      if (records.has(post.root_id)) fetchLater(post.root_id)
    },
    ephemeral_message: ({ post }) => ephemeral.put(post),
    reaction_added: ({ reaction }) =>
      records.update(reaction.post_id, (post) => withReaction(post, reaction, true)),
    reaction_removed: ({ reaction }) =>
      records.update(reaction.post_id, (post) => withReaction(post, reaction, false)),
    post_acknowledgement_added: ({ acknowledgement }) =>
      records.update(acknowledgement.post_id, (post) => withAcknowledgement(post, acknowledgement, true)),
    post_acknowledgement_removed: ({ acknowledgement }) =>
      records.update(acknowledgement.post_id, (post) => withAcknowledgement(post, acknowledgement, false)),
  }
}

const createArrived =
  (shelf: Shelf, replies: Replies, collapsing: Source<boolean>, outbox: () => Outbox) =>
  (post: Post): void =>
    // In one step: nobody sees the message twice, as sent and as being sent.
    batch(() => {
      if (post.root_id !== '' && collapsing.get()) shelf.put(post)
      else shelf.addNewest(post)
      shelf.records.update(post.root_id, (root) => withReply(root, post))
      replies.arrived(post)
      outbox().settle(post)
    })

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
  context: ChangingContext,
  users: Users,
  channels: Channels,
  collapsing: Source<boolean>,
) => {
  const shelf = createShelf(users)
  const kept = createKept(context, shelf, collapsing.get)
  const history = createHistory(context, shelf, kept.restore, collapsing.get)
  const replies = createReplies(context, shelf)
  kept.follow(history)
  const single = createSingle(context, shelf)
  const { records, timelines } = shelf
  const tidying = createTidying(context, { records, timelines, replies: replies.timelines }, single.forget)
  tidying.hold(shelf.loading)
  const ephemeral = createEphemeral()
  const arrived = createArrived(shelf, replies, collapsing, () => outbox)
  const outbox = createOutbox(context, arrived)
  const removed = (post: Post): void => {
    shelf.remove(post)
    replies.removed(post)
    kept.dropPost(post.id)
  }
  channels.onGone((channelId) => {
    replies.forgetIn(channelId)
    shelf.forget(channelId)
    ephemeral.byChannel.delete(channelId)
    kept.dropChannel(channelId)
  })

  onSwitch(collapsing, () => {
    shelf.timelines.clear()
    history.clear()
  })

  const noun: Noun = {
    on: postHandlers({ shelf, ephemeral, fetchLater: single.fetchLater, arrived, removed }),
    load() {
      history.distrust()
      replies.distrust()
    },
    clear() {
      kept.clear()
      shelf.clear()
      history.clear()
      replies.clear()
      outbox.clear()
      ephemeral.byChannel.clear()
      single.clear()
      tidying.clear()
    },
  }

  const { open, loadOlder, loadNewer, loadAround, restored, pause, resume } = history
  return {
    ...noun,
    records,
    timelines,
    replies,
    /**
     * Lists that nobody watches keep their newest posts, and so do those whose readers are at the end. Posts
     * that nothing refers to are forgotten, but those of `hold` stay.
     */
    follow: tidying.follow,
    hold: tidying.hold,
    tidy: tidying.pass,
    outbox,
    ephemeral: ephemeral.byChannel,
    /** Removes an ephemeral post. */
    dismiss: ephemeral.dismiss,
    put: shelf.put,
    async open(channelId: string, toUnread = false): Promise<void> {
      await open(channelId, toUnread)
      // The channel before it is closed now.
      tidying.soon()
    },
    ...{ loadOlder, loadNewer, loadAround },
    /** The local copies. */
    kept: { restore: restored, visits: kept.visits, setVisits: kept.setVisits },
    /** Events stop, or continue where they stopped. */
    ...{ pause, resume },
    /** Loads single posts, such as those that replies refer to. */
    ensure: single.ensure,
    ...postChanges(context, shelf, replies),
  }
}

export type Posts = ReturnType<typeof createPosts>
