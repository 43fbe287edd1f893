/** Posts: what is known of them, what is on its way, and what one can do with them. */
import { posts as operations, type Post } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'
import { createHistory } from './history.ts'
import { createOutbox } from './outbox.ts'
import { createShelf, type Shelf } from './shelf.ts'

export const createPosts = (context: Context, users: Users) => {
  const { call, me, track } = context
  const shelf = createShelf(users)
  const { records, timelines } = shelf
  const history = createHistory(call, shelf)
  const asked = new Set<string>()

  const arrived = (post: Post): void => {
    shelf.addNewest(post)
    outbox.settle(post)
  }
  const outbox = createOutbox(context, arrived)

  const noun: Noun = {
    on: {
      posted: ({ post }) => arrived(post),
      post_edited: ({ post }) => {
        if (records.has(post.id)) shelf.put(post)
      },
      post_deleted: ({ post }) => shelf.remove(post),
      user_removed: ({ user_id = '', channel_id = '' }, { broadcast }) => {
        if (channel_id !== '') timelines.delete(channel_id)
        else if (user_id === me()) timelines.delete(broadcast.channel_id)
      },
    },
    load: history.distrust,
    clear() {
      shelf.clear()
      history.clear()
      outbox.clear()
      asked.clear()
    },
  }

  const { open, loadOlder, loadNewer, loadAround } = history
  return {
    ...noun,
    records,
    timelines,
    outbox,
    ...{ open, loadOlder, loadNewer, loadAround },
    /** Makes single posts known, such as those that replies refer to. */
    ensure(ids: readonly string[]): void {
      const missing = ids.filter((id) => id !== '' && !records.has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      const load = async (): Promise<void> => {
        const found = await call(operations.listByIds, { body: missing })
        for (const post of found) if (post.delete_at === 0) shelf.put(post)
      }
      track(load())
    },
    ...changes(context, shelf),
  }
}

const changes = ({ call }: Context, { records, put, remove }: Shelf) => ({
  /** Shows the new text at once; goes back if the server refuses. */
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
      // Somebody else was faster.
      if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
    }
    if (post) remove(post)
  },
})

export type Posts = ReturnType<typeof createPosts>
