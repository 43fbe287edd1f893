/** Pinned posts of channels, and the signed-in person's saved posts: lists of ids, the newest post first. */
import { posts as operations, type Post, type PostList } from '@plausch/wire'
import type { Handlers } from '../../events.ts'
import { Collection, derive, type Source, Value } from '../../source.ts'
import type { ChangingContext } from '../changes.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context, Noun } from '../noun.ts'
import { createOpened } from '../opened.ts'
import type { Preferences } from '../preferences.ts'
import type { Posts } from './posts.ts'

const PAGE = 200
/** v4's category of preferences that say which posts a person has saved. */
const SAVED = 'flagged_post'

const take = (posts: Posts, list: PostList): void => {
  for (const post of Object.values(list.posts)) posts.put(post)
}

/** Adds an id to a list of posts, or takes it out. */
const withId = (posts: Posts, ids: readonly string[], id: string, isThere: boolean): readonly string[] => {
  if (ids.includes(id) === isThere) return ids
  const others = ids.filter((each) => each !== id)
  const timeOf = (each: string): number => posts.records.base(each)?.create_at ?? 0
  return isThere ? [...others, id].sort((a, b) => timeOf(b) - timeOf(a)) : others
}

const createPinned = (context: ChangingContext, channels: Channels, posts: Posts) => {
  const { call, changes } = context
  const byChannel = new Collection<readonly string[]>()
  const opened = createOpened(
    context,
    async (channelId) => {
      const list = await call(operations.listPinned, { params: { channel_id: channelId } })
      return () => {
        take(posts, list)
        byChannel.set(channelId, list.order)
      }
    },
    (channelId) => byChannel.delete(channelId),
  )
  channels.onGone(opened.drop)

  const mark = (channelId: string, postId: string, isPinned: boolean): void =>
    opened.change(channelId, () => byChannel.update(channelId, (ids) => withId(posts, ids, postId, isPinned)))

  const pin = changes.kind<{ postId: string; channelId: string; isPinned: boolean }, unknown>({
    name: 'pin',
    objectOf: ({ postId }) => `posts/${postId}`,
    replacesEarlier: true,
    apply({ postId, channelId, isPinned }, id) {
      posts.records.lay(id, postId, (post) => post && { ...post, is_pinned: isPinned })
      mark(channelId, postId, isPinned)
    },
    undo({ postId, channelId }, id) {
      posts.records.lift(id, postId)
      mark(channelId, postId, posts.records.one(postId)?.is_pinned ?? false)
    },
    send: ({ postId, isPinned }) =>
      call(isPinned ? operations.pin : operations.unpin, { params: { post_id: postId } }),
    done: ({ postId }, _, id) => posts.records.lift(id, postId, true),
  })

  return { byChannel, opened, mark, pin }
}

const createSaved = (context: Context, channels: Channels, posts: Posts) => {
  const { call } = context
  const ids = new Value<readonly string[]>([])
  const opened = createOpened(
    context,
    async () => {
      const lists: PostList[] = []
      // A page may have fewer posts than requested: those that may not be read any more are left out.
      for (let page = 0; page === 0 || lists.at(-1)?.order.length; page++) {
        const query = { page, per_page: PAGE }
        lists.push(await call(operations.listSaved, { params: { user_id: 'me' }, query }))
      }
      return () => {
        for (const list of lists) take(posts, list)
        ids.set(lists.flatMap(({ order }) => order))
      }
    },
    () => ids.set([]),
  )
  const again = (): void => opened.change('', () => opened.again())
  channels.onGone(again)
  return {
    ids,
    opened,
    again,
    mark: (postId: string, isSaved: boolean): void =>
      opened.change('', () => ids.set(withId(posts, ids.get(), postId, isSaved))),
  }
}

type Lists = { pinned: ReturnType<typeof createPinned>; saved: ReturnType<typeof createSaved> }

const markedHandlers = (me: () => string, posts: Posts, { pinned, saved }: Lists): Handlers => ({
  post_edited: ({ post }) =>
    pinned.opened.change(post.channel_id, () => {
      if (post.is_pinned) posts.put(post)
      pinned.mark(post.channel_id, post.id, post.is_pinned)
    }),
  post_deleted: ({ post }) => {
    pinned.mark(post.channel_id, post.id, false)
    saved.mark(post.id, false)
  },
  preferences_changed: ({ preferences: changed }) => {
    const marks = changed.filter(({ category }) => category === SAVED)
    for (const { name, value } of marks) if (value !== 'true') saved.mark(name, false)
    const isKnown = (name: string): boolean => saved.ids.get().includes(name)
    if (marks.some(({ name, value }) => value === 'true' && !isKnown(name))) saved.again()
  },
  preferences_deleted: ({ preferences: deleted }) => {
    for (const { category, name } of deleted) if (category === SAVED) saved.mark(name, false)
  },
  user_added: ({ user_id }) => {
    if (user_id === me()) saved.again()
  },
})

export const createMarked = (
  context: ChangingContext,
  preferences: Preferences,
  channels: Channels,
  posts: Posts,
) => {
  const pinned = createPinned(context, channels, posts)
  const saved = createSaved(context, channels, posts)
  // There are as many as posts have been on screen: none of them is kept.
  const isSaved = (postId: string): Source<boolean> =>
    derive([preferences.at(SAVED, postId)], (mark) => mark?.value === 'true')
  posts.hold(() => [...saved.ids.get(), ...pinned.byChannel.get().flat()])

  const noun: Noun = {
    on: markedHandlers(context.me, posts, { pinned, saved }),
    load() {
      pinned.opened.revisit()
      saved.opened.again()
    },
    clear() {
      pinned.opened.clear()
      saved.opened.clear()
    },
  }

  return {
    ...noun,
    pinned: pinned.byChannel,
    saved: saved.ids,
    /** Has the person saved a post? */
    isSaved,
    /** Loads the pinned posts of a channel. */
    openPinned: pinned.opened.load,
    /** Loads all saved posts. */
    openSaved: (): Promise<void> => saved.opened.load(''),
    /** Pins a post to its channel, or takes it off; shown at once, undone if the server refuses. */
    async pin(post: Post, isPinned: boolean): Promise<void> {
      await pinned.pin({ postId: post.id, channelId: post.channel_id, isPinned })
    },
    /** Saves a post for the person, or not any more; shown at once, undone if the server refuses. */
    async save(postId: string, isWanted: boolean): Promise<void> {
      saved.mark(postId, isWanted)
      try {
        await (isWanted ? preferences.save(SAVED, postId, 'true') : preferences.remove(SAVED, postId))
      } catch (fault) {
        saved.mark(postId, isSaved(postId).get())
        throw fault
      }
    },
  }
}

export type Marked = ReturnType<typeof createMarked>
