/**
 * The lists of followed threads, per loaded team, and their totals. Threads of conversations are in every
 * team. If a known thread changes, the totals change by the difference; otherwise the server is asked.
 */
import { threads as operations, type Thread } from '@plausch/wire'
import { Collection } from '../../source.ts'
import type { Channels } from '../channels/channels.ts'
import type { Context } from '../noun.ts'
import { createOpened } from '../opened.ts'
import type { Posts } from '../posts/posts.ts'

/**
 * A thread without its root post, which is among the posts; its participants by their ids, the latest last.
 */
export type FollowedThread = Omit<Thread, 'post' | 'participants'> & {
  channel_id: string
  team_id: string
  user_ids: readonly string[]
}

export type TeamThreads = {
  /** The loaded ids, the most recently answered thread first. */
  ids: readonly string[]
  total: number
  unread: number
  mentions: number
  urgentMentions: number
}

export const PAGE = 30
const MOST_AT_ONCE = 200

/** A thread's contribution to the totals. */
const weightOf = (thread: FollowedThread | undefined) => {
  const counts = thread?.is_following && thread.reply_count > 0 && thread.delete_at === 0
  if (!counts) return { total: 0, unread: 0, mentions: 0, urgentMentions: 0 }
  const { unread_replies, unread_mentions, is_urgent } = thread
  return {
    total: 1,
    unread: unread_replies > 0 ? 1 : 0,
    mentions: unread_mentions,
    urgentMentions: is_urgent ? unread_mentions : 0,
  }
}

/** The loaded threads, and how to load those of a team. */
const createLoaded = (context: Context, channels: Channels, posts: Posts) => {
  const records = new Collection<FollowedThread>()
  const byTeam = new Collection<TeamThreads>()

  /** `teamId` is the team it was found in: the start bundle does not contain archived channels. */
  const take = ({ post, participants, ...thread }: Thread, teamId: string): FollowedThread => {
    posts.put(post)
    const { channel_id } = post
    const team_id = channels.records.one(channel_id)?.team_id ?? teamId
    return { ...thread, channel_id, team_id, user_ids: participants.map(({ id }) => String(id)) }
  }

  const ask = (teamId: string, query: { before?: string; per_page: number; threadsOnly?: boolean }) =>
    context.call(operations.list, { params: { user_id: 'me', team_id: teamId }, query })

  /** Of those that no list contains any more, the client does not know whether they are followed and read. */
  const forget = (ids: readonly string[]): void => {
    const listed = new Set(byTeam.get().flatMap((team) => team.ids))
    for (const id of ids) if (!listed.has(id)) records.delete(id)
  }

  const opened = createOpened(
    context,
    async (teamId) => {
      const known = byTeam.one(teamId)?.ids.length ?? 0
      const list = await ask(teamId, { per_page: Math.min(MOST_AT_ONCE, Math.max(PAGE, known)) })
      return () => {
        const before = byTeam.one(teamId)?.ids ?? []
        for (const thread of list.threads) records.set(thread.id, take(thread, teamId))
        byTeam.set(teamId, {
          ids: list.threads.map(({ id }) => id),
          total: list.total,
          unread: list.total_unread_threads,
          mentions: list.total_unread_mentions,
          urgentMentions: list.total_unread_urgent_mentions,
        })
        forget(before)
      }
    },
    (teamId) => byTeam.delete(teamId),
  )

  const placesOf = (teamId: string): string[] =>
    opened.keys().filter((key) => teamId === '' || key === teamId)
  const isWhole = (teamId: string): boolean => {
    const team = byTeam.one(teamId)
    return team !== undefined && team.ids.length >= team.total
  }
  /** For partly loaded lists, the server must count. */
  const recount = (teamIds: readonly string[]): void => opened.again(teamIds.filter((id) => !isWhole(id)))

  return { records, byTeam, take, ask, forget, opened, placesOf, isWhole, recount }
}

export const createThreadLists = (context: Context, channels: Channels, posts: Posts) => {
  const loaded = createLoaded(context, channels, posts)
  const { records, byTeam, opened, placesOf, isWhole } = loaded

  /**
   * Sorts by the last reply, latest first; a thread that is older than all loaded ones waits for its page.
   */
  const placed = (ids: readonly string[], { id, last_reply_at }: FollowedThread, whole: boolean) => {
    const others = ids.filter((each) => each !== id)
    const at = others.findIndex((each) => (records.one(each)?.last_reply_at ?? 0) < last_reply_at)
    if (at >= 0) return others.toSpliced(at, 0, id)
    return whole ? [...others, id] : others
  }

  const put = (thread: FollowedThread): void => {
    const before = records.one(thread.id)
    const [was, is] = [weightOf(before), weightOf(thread)]
    records.set(thread.id, thread)
    for (const teamId of placesOf(thread.team_id)) {
      opened.change(teamId, () => {
        const whole = isWhole(teamId)
        // Its earlier contribution to the totals is unknown.
        if (!before && !whole) return opened.again([teamId])
        byTeam.update(teamId, ({ ids, total, unread, mentions, urgentMentions }) => ({
          ids: is.total === 1 ? placed(ids, thread, whole) : ids.filter((id) => id !== thread.id),
          total: total + is.total - was.total,
          unread: unread + is.unread - was.unread,
          mentions: mentions + is.mentions - was.mentions,
          urgentMentions: urgentMentions + is.urgentMentions - was.urgentMentions,
        }))
      })
    }
  }

  const remove = (thread: FollowedThread): void => {
    put({ ...thread, is_following: false })
    records.delete(thread.id)
  }

  return { ...loaded, put, remove }
}

export type ThreadLists = ReturnType<typeof createThreadLists>
