/** Reacting to messages: who may, and what happens. */
import { type Source, select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { attempt, faultId } from '../../../i18n/text.ts'
import type { Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { emojiPopover } from '../emoji/picker.ts'
import { forgetUse, noteUse } from '../emoji/recent.ts'

export const mayReactTo = (post: Post, read: Read): boolean => {
  const channel = read(client.channels.records.at(post.channel_id))
  const permissions = read(client.roles.permissions(channel?.team_id ?? '', post.channel_id))
  return channel?.delete_at === 0 && permissions.has('add_reaction') && post.type !== 'system_ephemeral'
}

/** The same as a source. */
export const mayReact = (post: Post): Source<boolean> => select((read) => mayReactTo(post, read))

/** A refusal may be the first that tells of a deletion by somebody else. */
const react = (postId: string, name: string, isThere: boolean): void =>
  void attempt(async () => {
    try {
      await client.posts.react(postId, name, isThere)
    } catch (error) {
      if (faultId(error) === 'reactions.unknown_emoji') {
        client.emoji.drop(name)
        forgetUse(name)
      }
      throw error
    }
  })

/** Puts an emoji on a message; a second time takes it off. */
export const toggleReaction = (postId: string, name: string): void => {
  const me = client.myId.get()
  const { reactions = [] } = client.posts.records.one(postId)?.metadata ?? {}
  const isThere = reactions.some((each) => each.emoji_name === name && each.user_id === me)
  if (!isThere) noteUse(name)
  react(postId, name, !isThere)
}

/** Lets the reader choose an emoji for a message; the picker opens beside the element. */
export const chooseReaction = (postId: string, anchor: Element): void => {
  emojiPopover.open({
    anchor,
    choose(name) {
      const me = client.myId.get()
      const { reactions = [] } = client.posts.records.one(postId)?.metadata ?? {}
      // Somebody who chooses an emoji wants it to be there.
      if (reactions.some((each) => each.emoji_name === name && each.user_id === me)) return
      react(postId, name, true)
    },
  })
}
