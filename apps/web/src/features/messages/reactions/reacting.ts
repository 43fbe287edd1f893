/** Reacting to messages: what happens. Nobody does it before the messages, so it comes with the rest. */
import { attempt, faultId } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { emojiPopover } from '../emoji/picker.ts'
import { forgetUse, noteUse } from '../emoji/recent.ts'

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
