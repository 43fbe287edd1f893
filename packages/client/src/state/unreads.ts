/**
 * Unread messages. There are two counters: the messages of a channel less those that the member has read, and
 * mentions. Each exists twice: for all messages, and (`_root`) without replies. The second pair counts where
 * replies are collapsed; the replies then count in their threads.
 */
import { type Channel, type ChannelMember, isCounted, unreads as operations, type Post } from '@plausch/wire'
import type { Handlers } from '../events.ts'
import { Collection, derive, keyed, type Source, sameFields, select } from '../source.ts'
import type { ChangingContext } from './changes.ts'
import type { Channels } from './channels/channels.ts'
import type { Members } from './members.ts'
import type { Context, Noun } from './noun.ts'
import type { Posts } from './posts/posts.ts'
import type { Threads } from './threads/threads.ts'

/** `messages` is 0 in muted channels, where only mentions count. */
export type Unread = { messages: number; mentions: number; isMuted: boolean }

const NONE: Unread = { messages: 0, mentions: 0, isMuted: false }

export const isMuted = (member: ChannelMember | undefined): boolean =>
  member?.notify_props.mark_unread === 'mention'

/** What of a channel there is, and what of it was read; without replies where these are collapsed. */
export type Counters = { total: number; read: number; mentions: number; readAt: number; lastAt: number }

const countersOf = (
  channel: Channel | undefined,
  member: ChannelMember | undefined,
  isCollapsed: boolean,
): Counters => {
  const readAt = member?.last_viewed_at ?? 0
  return isCollapsed
    ? {
        total: channel?.total_msg_count_root ?? 0,
        read: member?.msg_count_root ?? 0,
        mentions: member?.mention_count_root ?? 0,
        lastAt: channel?.last_root_post_at ?? 0,
        readAt,
      }
    : {
        total: channel?.total_msg_count ?? 0,
        read: member?.msg_count ?? 0,
        mentions: member?.mention_count ?? 0,
        lastAt: channel?.last_post_at ?? 0,
        readAt,
      }
}

/** The unread messages of a member in a channel. */
const unreadOf = (
  channel: Channel | undefined,
  member: ChannelMember | undefined,
  isCollapsed: boolean,
): Unread => {
  if (!channel || !member) return NONE
  const muted = isMuted(member)
  const isArchived = channel.delete_at > 0
  const { total, read, mentions } = countersOf(channel, member, isCollapsed)
  const messages = muted || isArchived ? 0 : Math.max(0, total - read)
  return { messages, mentions: isArchived ? 0 : mentions, isMuted: muted }
}

const asRead = (member: ChannelMember, channel: Channel, at: number): ChannelMember => ({
  ...member,
  last_viewed_at: Math.max(member.last_viewed_at, at),
  msg_count: channel.total_msg_count,
  msg_count_root: channel.total_msg_count_root,
  mention_count: 0,
  mention_count_root: 0,
  urgent_mention_count: 0,
})

const withMention = (member: ChannelMember, post: Post): ChannelMember => ({
  ...member,
  mention_count: member.mention_count + 1,
  mention_count_root: member.mention_count_root + (post.root_id === '' ? 1 : 0),
  urgent_mention_count: member.urgent_mention_count + (post.metadata.priority?.priority === 'urgent' ? 1 : 0),
})

/** What was unread when the person read a channel: it is read; what came later is not. */
type Viewing = {
  channelId: string
  at: number
  total: number
  totalRoot: number
  mentions: number
  mentionsRoot: number
  urgent: number
}

const withView = (member: ChannelMember, view: Viewing): ChannelMember => ({
  ...member,
  last_viewed_at: Math.max(member.last_viewed_at, view.at),
  msg_count: Math.max(member.msg_count, view.total),
  msg_count_root: Math.max(member.msg_count_root, view.totalRoot),
  mention_count: Math.max(0, member.mention_count - view.mentions),
  mention_count_root: Math.max(0, member.mention_count_root - view.mentionsRoot),
  urgent_mention_count: Math.max(0, member.urgent_mention_count - view.urgent),
})

/** What this client expects to be unread: the known posts from one on. The server's answer corrects it. */
type Marking = { postId: string; channelId: string; at: number; unread: number; unreadRoot: number }

const withMark = (member: ChannelMember, channel: Channel | undefined, mark: Marking): ChannelMember => ({
  ...member,
  last_viewed_at: mark.at - 1,
  msg_count: Math.max(0, (channel?.total_msg_count ?? 0) - mark.unread),
  msg_count_root: Math.max(0, (channel?.total_msg_count_root ?? 0) - mark.unreadRoot),
})

type Answer = Pick<
  ChannelMember,
  | 'msg_count'
  | 'msg_count_root'
  | 'mention_count'
  | 'mention_count_root'
  | 'urgent_mention_count'
  | 'last_viewed_at'
>

const objectOf = ({ channelId }: { channelId: string }): string => `channels/${channelId}`

const viewing = ({ call, changes }: ChangingContext, { channels, members: { mine }, isCollapsed }: Counted) =>
  changes.kind<Viewing, unknown>({
    name: 'view',
    objectOf,
    replacesEarlier: true,
    apply: (view, id) => mine.lay(id, view.channelId, (member) => member && withView(member, view)),
    undo({ channelId }, id) {
      mine.lift(id, channelId)
      // The server may have stored it or not: take its state, as soon as it can be asked.
      if (channels.records.has(channelId)) channels.fetchLater(channelId)
    },
    send: ({ channelId }) =>
      call(operations.view, {
        params: { user_id: 'me' },
        body: { channel_id: channelId, collapsed_threads_supported: isCollapsed.get() },
      }),
    done: ({ channelId }, _, id) => mine.lift(id, channelId, true),
  })

/** How often a channel was marked as unread on purpose, here or on another device of the person. */
type Marked = Collection<number>
const noteMark = (marked: Marked, channelId: string): void =>
  void marked.set(channelId, (marked.one(channelId) ?? 0) + 1)

const marking = (
  { call, changes }: ChangingContext,
  { channels, members: { mine }, isCollapsed }: Counted,
  marked: Marked,
) =>
  changes.kind<Marking, Answer>({
    name: 'unread',
    objectOf,
    replacesEarlier: true,
    apply(mark, id) {
      const channel = channels.records.one(mark.channelId)
      mine.lay(id, mark.channelId, (member) => member && withMark(member, channel, mark))
      noteMark(marked, mark.channelId)
    },
    undo: ({ channelId }, id) => mine.lift(id, channelId),
    send: async ({ postId }) => {
      const { msg_count, msg_count_root, mention_count, mention_count_root, ...rest } = await call(
        operations.markUnread,
        {
          params: { user_id: 'me', post_id: postId },
          body: { collapsed_threads_supported: isCollapsed.get() },
        },
      )
      const { urgent_mention_count, last_viewed_at } = rest
      const mentions = { mention_count, mention_count_root, urgent_mention_count }
      return { msg_count, msg_count_root, ...mentions, last_viewed_at }
    },
    done({ channelId }, counters, id) {
      mine.update(channelId, (member) => ({ ...member, ...counters }))
      mine.lift(id, channelId)
    },
  })

const unreadHandlers = ({ me }: Context, channels: Channels, members: Members, marked: Marked): Handlers => {
  /** Another window, or this one, has read a channel up to `at`. */
  const viewed = (channelId: string, at: number): void => {
    const channel = channels.records.one(channelId)
    const member = members.mine.base(channelId)
    if (!channel || !member || at < member.last_viewed_at) return
    // A post after that time is still unread; only the server knows how many there are.
    if (channel.last_post_at > at) channels.fetchLater(channelId)
    else members.mine.set(channelId, asRead(member, channel, at))
  }

  const posted = (post: Post, mentions: readonly string[]): void => {
    if (!channels.records.has(post.channel_id)) {
      // The first message of a conversation arrives before the conversation itself.
      channels.fetchLater(post.channel_id)
      return
    }
    if (!channels.count(post)) return
    const channel = channels.records.one(post.channel_id)
    const isOwn = post.user_id === me() && post.props.from_webhook !== 'true'
    members.mine.update(post.channel_id, (member) => {
      if (isOwn && channel) return asRead(member, channel, post.create_at)
      return mentions.includes(me()) ? withMention(member, post) : member
    })
  }

  return {
    posted: ({ post, mentions }) => posted(post, mentions ?? []),
    multiple_channels_viewed: ({ channel_times }) => {
      for (const [channelId, at] of Object.entries(channel_times)) viewed(channelId, at)
    },
    post_unread: ({ post_id: _, ...counters }, { broadcast }) => {
      members.mine.update(broadcast.channel_id, (member) => ({ ...member, ...counters }))
      noteMark(marked, broadcast.channel_id)
    },
  }
}

type Counted = { channels: Channels; members: Members; threads: Threads; isCollapsed: Source<boolean> }

/** The sums of channels and threads. */
const createSums = ({ channels, members, threads, isCollapsed }: Counted) => {
  const ofChannel = keyed(
    (channelId): Source<Unread> =>
      derive([channels.records.at(channelId), members.mine.at(channelId), isCollapsed], unreadOf, sameFields),
  )
  const counters = keyed(
    (channelId): Source<Counters> =>
      derive(
        [channels.records.at(channelId), members.mine.at(channelId), isCollapsed],
        countersOf,
        sameFields,
      ),
  )
  /** Has the reader muted the channel? */
  const muted = keyed((channelId): Source<boolean> => select((read) => read(ofChannel(channelId)).isMuted))
  const sumOf = (read: Read, ids: readonly string[]): Unread => {
    const sum = { ...NONE }
    for (const id of ids) {
      const unread = read(ofChannel(id))
      sum.messages += unread.messages
      sum.mentions += unread.mentions
    }
    return sum
  }
  /** The unread threads of a team, without those of conversations; for '', only those. */
  const threadsOf = (read: Read, teamId: string): { messages: number; mentions: number } => {
    if (!read(isCollapsed)) return NONE
    const { unread, mentions } = read(threads.unreadIn(teamId))
    return { messages: unread, mentions }
  }
  const ofTeam = keyed(
    (teamId): Source<Unread> =>
      select((read) => {
        const sum = sumOf(read, read(channels.idsOf(teamId)))
        const extra = threadsOf(read, teamId)
        return {
          ...sum,
          messages: sum.messages + extra.messages,
          mentions: sum.mentions + extra.mentions,
        }
      }, sameFields),
  )
  const everything: Source<Unread> = select((read) => {
    const sum = sumOf(read, read(channels.records.ids))
    for (const teamId of ['', ...read(threads.byTeam.ids)]) {
      const extra = threadsOf(read, teamId)
      sum.messages += extra.messages
      sum.mentions += extra.mentions
    }
    return sum
  }, sameFields)
  return { ofChannel, muted, counters, ofTeam, everything }
}

type Read = <V>(source: Source<V>) => V

export const createUnreads = (context: ChangingContext, counted: Counted, posts: Posts) => {
  const { channels, members } = counted
  const view = viewing(context, counted)
  const marked: Marked = new Collection()
  const mark = marking(context, counted, marked)
  const noun: Noun = {
    on: unreadHandlers(context, channels, members, marked),
    load: () => undefined,
    clear: () => marked.clear(),
  }

  return {
    ...noun,
    /**
     * `ofTeam` is the sum of a team with its threads, or of conversations for ''; `everything` that of all.
     * `counters` are what a channel's sum is made of.
     */
    ...createSums(counted),
    /** Changes when the person marks messages of a channel as unread, and at no other time. */
    marked: (channelId: string): Source<number | undefined> => marked.at(channelId),
    /** Marks a channel as read: at once here, then on the server. */
    async view(channelId: string): Promise<void> {
      const channel = channels.records.one(channelId)
      const member = members.mine.one(channelId)
      if (!channel || !member) return
      await view({
        channelId,
        at: channel.last_post_at,
        total: channel.total_msg_count,
        totalRoot: channel.total_msg_count_root,
        mentions: member.mention_count,
        mentionsRoot: member.mention_count_root,
        urgent: member.urgent_mention_count,
      })
    },
    /** Marks a message and all later ones as unread: at once here, then on the server. */
    async markUnread(postId: string): Promise<void> {
      const post = posts.records.one(postId)
      if (!post) return
      const ids = (posts.timelines.one(post.channel_id) ?? []).flatMap((block) => block.ids)
      const later = ids.flatMap((id) => {
        const each = posts.records.one(id)
        return each && each.create_at >= post.create_at && isCounted(each.type) ? [each] : []
      })
      await mark({
        postId,
        channelId: post.channel_id,
        at: post.create_at,
        unread: later.length,
        unreadRoot: later.filter(({ root_id }) => root_id === '').length,
      })
    },
  }
}

export type Unreads = ReturnType<typeof createUnreads>
