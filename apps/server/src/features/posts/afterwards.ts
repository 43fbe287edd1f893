/**
 * What happens after a post: its author is told whom it did not reach, and an absent person's automatic
 * answer is sent.
 */
import { type Context, change, read } from '../../core/context.ts'
import { localeOf } from '../../core/faults.ts'
import { lockChannel, type Place } from '../channels/index.ts'
import { findUsers, seenPeople } from '../users/index.ts'
import { sendEphemeral } from './ephemeral.ts'
import { namedIn } from './named.ts'
import { noted } from './noted.ts'
import { hasPostedSince, otherInDirect, type PostRow } from './store.ts'

const DAY_MS = 24 * 3_600_000

const notReached = (locale: string, usernames: readonly string[]): string => {
  const names = usernames.map((name) => `@${name}`).join(', ')
  return localeOf(locale, undefined) === 'de'
    ? `Nicht in diesem Kanal und daher nicht benachrichtigt: ${names}`
    : `Not in this channel, and so not notified: ${names}`
}

/** Tells the author which people were named but are not in the channel. Official clients offer to add them. */
const hintOutsiders = async (context: Context, post: PostRow, channel: Place): Promise<void> => {
  // Naming somebody must not reveal whether they exist.
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

/** The automatic answer of an absent person: once a day in a conversation, and never to a bot. */
const answerForAbsent = async (context: Context, post: PostRow, channel: Place): Promise<void> => {
  const { db, now } = context
  const otherId = await otherInDirect(db, channel.id, post.user_id)
  const [author] = await findUsers(db, [post.user_id])
  const [other] = otherId ? await findUsers(db, [otherId]) : []
  if (!other || other.is_bot || other.delete_at > 0 || !author || author.is_bot) return
  const { auto_responder_active, auto_responder_message = '' } = other.notify_props
  if (auto_responder_active !== 'true' || auto_responder_message === '') return
  await lockChannel(db, channel.id)
  if (await hasPostedSince(db, channel.id, other.id, 'system_auto_responder', now - DAY_MS)) return
  await noted(context, channel, other, {
    type: 'system_auto_responder',
    message: auto_responder_message,
    props: {},
    root_id: post.root_id || post.id,
    // An absent person has read nothing.
    marks_read: false,
  })
}

/** Runs in the background: the post is already written and answered. */
export const follow = ({ server, actor }: Context, post: PostRow, channel: Place): void => {
  const run = (work: Promise<void>) => server.background.run(work, 'what a post causes could not be done')
  if (post.type.startsWith('system_')) return
  if (channel.team_id !== '' && post.message.includes('@')) {
    run(read(server, { actor }, (context) => hintOutsiders(context, post, channel)))
  }
  if (channel.type === 'D' && server.settings().TeamSettings.ExperimentalEnableAutomaticReplies) {
    run(change(server, { actor }, (context) => answerForAbsent(context, post, channel)))
  }
}
