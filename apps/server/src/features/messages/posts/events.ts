import { fact } from '../../../core/facts.ts'
import type { PostRow } from './store.ts'

/**
 * Posts were written, in this order. Stored by the statement that writes them (writing/store.ts), once for a
 * batch and each listener. It is told at least once, whatever becomes of the server meanwhile.
 */
export const postsWritten = fact<{ ids: string[] }>('posts.written')

/** A post was inserted into the past. */
export const postInserted = fact<{ post: PostRow }>('post.inserted')

/** The content of a post has changed. `post` is its new state. */
export const postEdited = fact<{ post: PostRow }>('post.edited')
