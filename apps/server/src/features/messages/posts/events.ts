import { fact } from '../../../core/facts.ts'
import type { PostRow } from './store.ts'

/**
 * Posts were written, in this order. The statement that writes them (writing/store.ts) also stores this fact,
 * once per batch and listener. Listeners get it at least once, even if the server crashes.
 */
export const postsWritten = fact<{ ids: string[] }>('posts.written')

/** A post was inserted into the past. */
export const postInserted = fact<{ post: PostRow }>('post.inserted')

/** The content of a post has changed. `post` is its new state. */
export const postEdited = fact<{ post: PostRow }>('post.edited')
