/** Pinned posts of channels, and the signed-in person's saved posts: lists of ids, the newest post first. */
import { posts as operations, type Post, type PostList } from '@plausch/wire'
import { Collection, Value } from '../../source.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context, Noun } from '../noun.ts'
import { createOpened } from '../opened.ts'
import type { Posts } from './posts.ts'

const PAGE = 200

export const createMarked = (context: Context, channels: Channels, posts: Posts) => {
  const { call, me } = context
  const pinned = new Collection<readonly string[]>()
  const saved = new Value<readonly string[]>([])

  const take = (list: PostList): void => {
    for (const post of Object.values(list.posts)) posts.put(post)
  }
  const timeOf = (id: string): number => posts.records.one(id)?.create_at ?? 0

  const openedPins = createOpened(
    context,
    async (channelId) => {
      const list = await call(operations.listPinned, { params: { channel_id: channelId } })
      return () => {
        take(list)
        pinned.set(channelId, list.order)
      }
    },
    (channelId) => pinned.delete(channelId),
  )
  channels.onGone(openedPins.drop)

  const openedSaved = createOpened(
    context,
    async () => {
      const lists: PostList[] = []
      // A page may have fewer posts than requested: those that may not be read any more are left out.
      for (let page = 0; page === 0 || lists.at(-1)?.order.length; page++) {
        const query = { page, per_page: PAGE }
        lists.push(await call(operations.listSaved, { params: { user_id: 'me' }, query }))
      }
      return () => {
        lists.forEach(take)
        saved.set(lists.flatMap(({ order }) => order))
      }
    },
    () => saved.set([]),
  )
  const savedAgain = (): void => openedSaved.change('', () => openedSaved.again())
  channels.onGone(savedAgain)

  const pin = (post: Post, isPinned: boolean): void =>
    openedPins.change(post.channel_id, () => {
      if (isPinned) posts.put(post)
      pinned.update(post.channel_id, (ids) => {
        if (ids.includes(post.id) === isPinned) return ids
        const others = ids.filter((id) => id !== post.id)
        return isPinned ? [...others, post.id].sort((a, b) => timeOf(b) - timeOf(a)) : others
      })
    })
  const unsave = (ids: readonly string[]): void =>
    openedSaved.change('', () => saved.set(saved.get().filter((id) => !ids.includes(id))))

  const noun: Noun = {
    on: {
      post_edited: ({ post }) => pin(post, post.is_pinned),
      post_deleted: ({ post }) => {
        pin(post, false)
        unsave([post.id])
      },
      preferences_changed: ({ preferences }) => {
        const marks = preferences.filter(({ category }) => category === 'flagged_post')
        unsave(marks.filter(({ value }) => value !== 'true').map(({ name }) => name))
        if (marks.some(({ value }) => value === 'true')) savedAgain()
      },
      preferences_deleted: ({ preferences }) =>
        unsave(preferences.filter(({ category }) => category === 'flagged_post').map(({ name }) => name)),
      user_added: ({ user_id }) => {
        if (user_id === me()) savedAgain()
      },
    },
    load() {
      openedPins.revisit()
      openedSaved.again()
    },
    clear() {
      openedPins.clear()
      openedSaved.clear()
    },
  }

  return {
    ...noun,
    pinned,
    saved,
    /** Loads the pinned posts of a channel. */
    openPinned: openedPins.load,
    /** Loads all saved posts. */
    openSaved: (): Promise<void> => openedSaved.load(''),
  }
}

export type Marked = ReturnType<typeof createMarked>
