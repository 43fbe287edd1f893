/** Messages at the moment they arrive, for what rings or speaks. They come after all counters have changed. */
import type { Post } from '@plausch/wire'
import type { Noun } from './noun.ts'

/** A new message, and whom the server counts as mentioned by it or as following its thread. */
export type Arrival = {
  post: Post
  mentions: readonly string[]
  followers: readonly string[]
  /** The username of the author, or the name that a webhook gave itself. */
  sender: string
}

type Listener = (arrival: Arrival) => void

export const createArrivals = () => {
  const listeners = new Set<Listener>()
  const noun: Noun = {
    on: {
      posted: ({ post, mentions = [], followers = [], sender_name = '' }) => {
        const arrival = { post, mentions, followers, sender: sender_name.replace(/^@/, '') }
        for (const tell of listeners) tell(arrival)
      },
    },
    load: () => undefined,
    clear: () => undefined,
  }
  return {
    ...noun,
    /** Calls `tell` for every new message, until the result is called. */
    listen(tell: Listener): () => void {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
  }
}

export type Arrivals = ReturnType<typeof createArrivals>
