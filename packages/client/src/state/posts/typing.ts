/**
 * Who is typing now, by channel and by the root of a thread. The server sends this only for the channel that
 * this client shows. Where replies are collapsed, who replies does not type in the channel.
 */
import { Collection, type Source } from '../../source.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'

/** A little longer than the interval at which clients repeat it (5 s). */
const VALID_MS = 6500

export const createTyping = ({ me }: Context, users: Users, isCollapsed: Source<boolean>) => {
  const byPlace = new Collection<readonly string[]>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const stop = (place: string, userId: string): void => {
    const key = `${place}/${userId}`
    clearTimeout(timers.get(key))
    timers.delete(key)
    byPlace.update(place, (ids) => ids.filter((id) => id !== userId))
  }

  const begin = (place: string, userId: string): void => {
    const key = `${place}/${userId}`
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => stop(place, userId), VALID_MS),
    )
    const known = byPlace.one(place) ?? []
    if (!known.includes(userId)) byPlace.set(place, [...known, userId])
  }

  const noun: Noun = {
    on: {
      typing: ({ user_id, parent_id }, { broadcast }) => {
        if (user_id === me()) return
        users.ensure([user_id])
        if (parent_id !== '') begin(parent_id, user_id)
        if (parent_id === '' || !isCollapsed.get()) begin(broadcast.channel_id, user_id)
      },
      posted: ({ post }) => {
        for (const place of [post.channel_id, post.root_id])
          if (timers.has(`${place}/${post.user_id}`)) stop(place, post.user_id)
      },
    },
    load: () => undefined,
    clear() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      byPlace.clear()
    },
  }

  return { ...noun, byPlace }
}

export type Typing = ReturnType<typeof createTyping>
