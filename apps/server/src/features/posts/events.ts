import { fact } from '../../core/facts.ts'
import type { PostRow } from './store.ts'

/** Posts are gone: text, props and all. */
export const postsDeleted = fact<{ channel_id: string; ids: string[]; by: string }>('post.deleted')

/** A post stands among earlier ones, as if it had been written then. */
export const postInserted = fact<{ post: PostRow }>('post.inserted')

/** What a post says is another now; `post` is as it is after that. */
export const postEdited = fact<{ post: PostRow }>('post.edited')
