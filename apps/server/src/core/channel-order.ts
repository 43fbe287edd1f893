/**
 * Keeps the posts of a channel in order while they are published (docs/develop/protocol.md, W18). Each post
 * names the one before it in its channel, by the times that the database gave them. If that one has not been
 * published yet, the post waits for it, and so does whatever happens in the channel meanwhile.
 *
 * Two transactions answer over two connections, so the order in which their answers are read says nothing
 * about the order of their commits.
 */

/** The place of a post in its channel: the times of the previous post and of this one. */
export type Position = { after: number | null; at: number }

/** The longest wait for a post. A program that writes to the database directly may have written it. */
const LONGEST_MS = 2000
/** Above this number, idle channels are forgotten. Their next post waits for nothing. */
const MANY = 10_000

export type ChannelOrder = {
  /**
   * Takes a place in the channel. Resolves when it is the turn of this event; undefined if that is now.
   * Events without a position wait for those that wait already. Never rejects.
   */
  take(channel: string, position?: Position): Promise<void> | undefined
  /** Posts were missed; events must not wait for them. */
  forget(): void
}

type Waiting = { after: number; at: number; go(): void }
type Channel = { last: number; waiting: Waiting[] }

export const openChannelOrder = (longestMs = LONGEST_MS): ChannelOrder => {
  const channels = new Map<string, Channel>()

  const forgetOldest = () => {
    for (const [id, { waiting }] of channels) {
      if (channels.size <= MANY) return
      if (waiting.length === 0) channels.delete(id)
    }
  }
  const channelOf = (id: string): Channel => {
    const channel = channels.get(id) ?? { last: Number.POSITIVE_INFINITY, waiting: [] }
    // The channel that was used last comes last.
    channels.delete(id)
    channels.set(id, channel)
    forgetOldest()
    return channel
  }
  const pass = (channel: Channel, at: number) => {
    channel.last = Number.isFinite(channel.last) ? Math.max(channel.last, at) : at
    for (;;) {
      const next = channel.waiting.find(({ after }) => after <= channel.last)
      if (!next) return
      channel.waiting.splice(channel.waiting.indexOf(next), 1)
      next.go()
      channel.last = Math.max(channel.last, next.at)
    }
  }
  const wait = (channel: Channel, after: number, at: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      channel.waiting = channel.waiting.filter((each) => each !== waiting)
      waiting.go()
      pass(channel, at)
    }, longestMs)
    const waiting: Waiting = {
      after,
      at,
      go() {
        clearTimeout(timer)
        resolve()
      },
    }
    channel.waiting.push(waiting)
    return promise
  }

  return {
    forget() {
      for (const { waiting } of channels.values()) for (const each of waiting) each.go()
      channels.clear()
    },
    take(id, position) {
      if (!position) {
        const last = channels.get(id)?.waiting.at(-1)
        return last && wait(channelOf(id), last.at, last.at)
      }
      const channel = channelOf(id)
      const { after, at } = position
      if (after !== null && after > channel.last) return wait(channel, after, at)
      pass(channel, at)
      return undefined
    },
  }
}
