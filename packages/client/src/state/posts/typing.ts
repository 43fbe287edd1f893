/** Who is typing now. The server sends this only for the channel that this client shows. */
import { Collection } from '../../source.ts'
import type { Context, Noun } from '../noun.ts'
import type { Users } from '../users.ts'

/** A little longer than the interval at which clients repeat it (5 s). */
const VALID_MS = 6500

export const createTyping = ({ me }: Context, users: Users) => {
  const byChannel = new Collection<readonly string[]>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const stop = (channelId: string, userId: string): void => {
    const key = `${channelId}/${userId}`
    clearTimeout(timers.get(key))
    timers.delete(key)
    byChannel.update(channelId, (ids) => ids.filter((id) => id !== userId))
  }

  const noun: Noun = {
    on: {
      typing: ({ user_id }, { broadcast }) => {
        if (user_id === me()) return
        const channelId = broadcast.channel_id
        users.ensure([user_id])
        clearTimeout(timers.get(`${channelId}/${user_id}`))
        timers.set(
          `${channelId}/${user_id}`,
          setTimeout(() => stop(channelId, user_id), VALID_MS),
        )
        const known = byChannel.one(channelId) ?? []
        if (!known.includes(user_id)) byChannel.set(channelId, [...known, user_id])
      },
      posted: ({ post }) => {
        if (timers.has(`${post.channel_id}/${post.user_id}`)) stop(post.channel_id, post.user_id)
      },
    },
    load: () => undefined,
    clear() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      byChannel.clear()
    },
  }

  return { ...noun, byChannel }
}

export type Typing = ReturnType<typeof createTyping>
