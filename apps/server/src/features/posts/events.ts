import { fact } from '../../core/facts.ts'
import type { PostRow } from './store.ts'

/** Posts were deleted, with text, props and all. */
export const postsDeleted = fact<{ channel_id: string; ids: string[]; by: string }>('post.deleted')

/** A post was inserted into the past. */
export const postInserted = fact<{ post: PostRow }>('post.inserted')

/** The content of a post has changed. `post` is its new state. */
export const postEdited = fact<{ post: PostRow }>('post.edited')
