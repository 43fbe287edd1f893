/** Finds people whom a message mentions and who cannot read it. */
import type { Context } from '../../../core/context.ts'
import { localeOf } from '../../../core/faults.ts'
import { seenPeople } from '../../people/users/index.ts'
import type { ChannelRow } from '../../places/channels/index.ts'
import { sendEphemeral } from '../ephemeral/index.ts'
import type { PostRow } from '../posts/index.ts'
import { namedIn } from '../posts/writing/index.ts'

const notReached = (locale: string, usernames: readonly string[]): string => {
  const names = usernames.map((name) => `@${name}`).join(', ')
  return localeOf(locale, undefined) === 'de'
    ? `Nicht in diesem Kanal und daher nicht benachrichtigt: ${names}`
    : `Not in this channel, and so not notified: ${names}`
}

/** Tells the author which mentioned people are not in the channel. Official clients offer to add them. */
export const hintOutsiders = async (
  context: Context,
  post: PostRow,
  channel: Pick<ChannelRow, 'id' | 'team_id'>,
): Promise<void> => {
  // The hint must not reveal whether a person exists.
  const named = await seenPeople(context, await namedIn(context.db, channel, post.message))
  const outsiders = named.filter((user) => !user.is_member)
  if (outsiders.length === 0) return
  const ids = outsiders.map((user) => user.id)
  const usernames = outsiders.map((user) => user.username)
  sendEphemeral(context, post.user_id, {
    channel_id: post.channel_id,
    root_id: post.root_id,
    message: notReached(context.actor.locale, usernames),
    props: {
      add_channel_member: {
        post_id: post.id,
        usernames,
        not_in_channel_usernames: usernames,
        user_ids: ids,
        not_in_channel_user_ids: ids,
        not_in_groups_usernames: [],
        not_in_groups_user_ids: [],
      },
    },
  })
}
