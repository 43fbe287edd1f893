/**
 * Lists of long messages. Two hundred of the longest are 13 MB. Serialising them as one piece of JSON would
 * block the event loop for a tenth of a second, so each post of such a list is a deferred part
 * (core/deferred.ts).
 */
import { hash } from 'node:crypto'
import type { Post } from '@plausch/wire'
import { Deferred, piecesOf, skeletonOf } from '../../../../core/deferred.ts'

/**
 * The number of characters in all messages: about a millisecond of serialising. Ordinary pages have a tenth
 * of it.
 */
const HEAVY = 150_000

const apart = (post: Post): Post => {
  const { message, ...rest } = post
  const skeleton = skeletonOf(rest)
  // Every change of a message changes `update_at`.
  const version = hash('sha1', skeleton.text, 'hex')
  const late = new Deferred(
    version,
    { held: 2 * message.length, loaded: skeleton.parts[0]?.bytes.loaded ?? 0 },
    () => piecesOf(skeletonOf(post)),
  )
  return late as unknown as Post
}

/** The posts, ready to be sent: unchanged if they are short. Make all changes to them before this call. */
export const writable = (posts: readonly Post[]): readonly Post[] => {
  let characters = 0
  for (const { message } of posts) characters += message.length
  return characters > HEAVY ? posts.map(apart) : posts
}

/** Does the same for a map of posts by id. */
export const writableById = (posts: Record<string, Post>): Record<string, Post> => {
  const ids = Object.keys(posts)
  const before = Object.values(posts)
  const after = writable(before)
  return after === before ? posts : Object.fromEntries(ids.map((id, index) => [id, after[index] as Post]))
}
