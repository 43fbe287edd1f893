/** Finds people and groups whom a message mentions and who cannot read it. */
import { mentionWords } from '@plausch/markdown'
import type { Context } from '../../../core/context.ts'
import { localeOf } from '../../../core/faults.ts'
import { seenPeople } from '../../people/users/index.ts'
import type { ChannelRow } from '../../places/channels/index.ts'
import { sendEphemeral } from '../ephemeral/index.ts'
import type { PostRow } from '../posts/index.ts'
import { namedIn } from '../posts/writing/index.ts'
import { groupsWithoutMembers } from './store.ts'

const notReached = (locale: string, usernames: readonly string[]): string => {
  const names = usernames.map((name) => `@${name}`).join(', ')
  return localeOf(locale, undefined) === 'de'
    ? `Nicht in diesem Kanal und daher nicht benachrichtigt: ${names}`
    : `Not in this channel, and so not notified: ${names}`
}

const nobodyOf = (locale: string, groups: readonly string[]): string => {
  const names = groups.map((name) => `@${name}`).join(', ')
  return localeOf(locale, undefined) === 'de'
    ? `Von dieser Gruppe ist niemand in diesem Kanal: ${names}`
    : `Nobody of this group is in this channel: ${names}`
}

/** Tells the author which mentioned groups reach nobody. */
export const hintGroups = async (
  context: Context,
  post: PostRow,
  channel: Pick<ChannelRow, 'id'>,
): Promise<void> => {
  // For who may not mention groups they are plain words.
  if (post.props.disable_group_highlight === true) return
  const names = mentionWords(post.message).words.filter((word) => word.startsWith('@'))
  if (names.length === 0) return
  const groups = await groupsWithoutMembers(
    context.db,
    channel.id,
    names.map((name) => name.slice(1)),
  )
  if (groups.length === 0) return
  sendEphemeral(context, post.user_id, {
    channel_id: post.channel_id,
    root_id: post.root_id,
    message: nobodyOf(context.actor.locale, groups),
    props: {},
  })
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
