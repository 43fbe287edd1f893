/** Where a channel with unread messages opens. */
import { choices, chosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { hides } from '../notes/hidden.ts'

const opensAt = chosen(choices.opensAt)

/** Does the reader want the newest message, and not the place where they left off? */
export const startsAtNewest = (): boolean => opensAt.get() === 'start_from_newest'

/** The first of these posts that is later than `readAt` and shown; '' for none. */
export const firstUnread = (ids: readonly string[], readAt: number): string => {
  const isHidden = hides.get()
  const found = ids.find((id) => {
    const post = client.posts.records.one(id)
    return post !== undefined && post.create_at > readAt && !isHidden(post)
  })
  return found ?? ''
}
