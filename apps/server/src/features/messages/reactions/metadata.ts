/** Reactions as a part of the metadata of a post. */
import type { Reaction } from '@plausch/wire'
import type { MetadataPart } from '../posts/index.ts'
import type { ThreadedPost } from '../posts/reading/index.ts'
import { reactionsOfPostSql } from './store.ts'

type WithReactions = { reactions?: Reaction[] | null }

export const reactionsShown: MetadataPart<Reaction[]> = {
  name: 'reactions',
  sql: reactionsOfPostSql,
  shown: (reactions) => ({ reactions }),
}

/** The reactions that the query read with the post. */
export const reactionsOf = (post: ThreadedPost & WithReactions): Reaction[] => post.reactions ?? []
