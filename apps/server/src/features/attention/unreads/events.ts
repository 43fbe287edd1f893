import type { EventData } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { fact, within } from '../../../core/facts.ts'
import { type PostRow, postInserted } from '../../messages/posts/index.ts'
import { userCreated, userUpdated } from '../../people/users/index.ts'
import type { ChannelRow } from '../../places/channels/index.ts'
import { membersAdded } from '../../places/members/index.ts'
import { saveWords } from './keywords-store.ts'
import { insertAmongRead, insertReads } from './store.ts'
import { wordsOf } from './words.ts'

/** A person read channels in which they follow threads, on a client that shows replies in the channel. */
export const channelsViewed = fact<{ user_id: string; channel_ids: string[] }>('channels.viewed')

/** On a client that shows replies in the channel, a person marked everything from this post on as unread. */
export const postMarkedUnread = fact<{ user_id: string; channel: ChannelRow; post: PostRow }>(
  'post.marked_unread',
)

/** Sent to the reader's other clients: these channels are read up to these times. */
export const announceViewed = (context: Context, userId: string, times: Record<string, number>): void =>
  context.publish('multiple_channels_viewed', { channel_times: times }, { users: [userId] })

export const announceUnread = (
  context: Context,
  { id, team_id }: { id: string; team_id: string },
  data: EventData<'post_unread'>,
): void => context.publish('post_unread', data, { users: [context.actor.userId], channel: id, team: team_id })

export default [
  within(postInserted, async ({ db }, { post }) => {
    await insertAmongRead(db, post.channel_id, post.create_at, post.root_id === '')
  }),
  within(userCreated, async ({ db }, { user }) => {
    await saveWords(db, user.id, wordsOf(user))
  }),
  within(userUpdated, async ({ db }, { user, before }) => {
    if (wordsOf(user).join('\n') !== wordsOf(before).join('\n')) await saveWords(db, user.id, wordsOf(user))
  }),
  within(membersAdded, async ({ db }, { added, by, isNew }) => {
    // Being added by somebody counts as a mention; joining does not (semantics 23).
    const reads = added.flatMap(({ channel, user_ids }) => {
      const wasAdded = !isNew && user_ids.some((id) => id !== by)
      return user_ids.map((user_id) => ({ channel_id: channel.id, user_id, mentions: wasAdded ? 1 : 0 }))
    })
    await insertReads(db, reads)
  }),
]
