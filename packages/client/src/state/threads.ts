/**
 * Threads that the signed-in person follows: the newest ones of each loaded team, and totals over all of
 * them. Threads of conversations are in every team. If an event changes a known thread, the totals change by
 * the difference; otherwise the server is asked.
 */
import { threads as operations, type Thread } from '@plausch/wire'
import { ApiFault } from '../api.ts'
import { Collection } from '../source.ts'
import type { Channels } from './channels.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'
import type { Posts } from './posts/posts.ts'

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

const PAGE = 30
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

export const createThreads = (context: Context, channels: Channels, posts: Posts) => {
  const { call, me, track } = context
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
    call(operations.list, { params: { user_id: 'me', team_id: teamId }, query })

  const opened = createOpened(
    context,
    async (teamId) => {
      const known = byTeam.one(teamId)?.ids.length ?? 0
      const list = await ask(teamId, { per_page: Math.min(MOST_AT_ONCE, Math.max(PAGE, known)) })
      return () => {
        for (const thread of list.threads) records.set(thread.id, take(thread, teamId))
        byTeam.set(teamId, {
          ids: list.threads.map(({ id }) => id),
          total: list.total,
          unread: list.total_unread_threads,
          mentions: list.total_unread_mentions,
          urgentMentions: list.total_unread_urgent_mentions,
        })
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

  const removeIn = (channelId: string): void => {
    const known = records.get().filter((each) => each.channel_id === channelId)
    const unseen = opened.keys().filter((teamId) => !isWhole(teamId))
    for (const thread of known) remove(thread)
    opened.again(unseen)
  }
  channels.onGone(removeIn)
  channels.onMoved(() => opened.again())

  const read = (thread: FollowedThread, at: number): void => {
    if (thread.unread_replies === 0 && thread.unread_mentions === 0) return
    const last_viewed_at = Math.max(thread.last_viewed_at, thread.last_reply_at, at)
    put({ ...thread, unread_replies: 0, unread_mentions: 0, last_viewed_at })
  }

  /**
   * Loads one thread, whether it is in a list or not. Events that came meanwhile are later than the answer.
   * Without following there is no thread.
   */
  const fetch = async (teamId: string, threadId: string): Promise<void> => {
    const before = records.one(threadId)
    const params = { user_id: 'me', team_id: teamId, thread_id: threadId }
    try {
      const thread = await call(operations.get, { params })
      if (records.one(threadId) === before) put(take(thread, teamId))
    } catch (fault) {
      if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
      if (before) put({ ...before, is_following: false })
    }
  }

  const noun: Noun = {
    on: {
      thread_updated: ({ thread }, { broadcast }) => {
        if (opened.keys().length > 0 || records.has(thread.id)) put(take(thread, broadcast.team_id))
      },
      thread_follow_changed: ({ thread_id, state }, { broadcast }) => {
        const known = records.one(thread_id)
        const [teamId] = opened.keys()
        if (state && teamId !== undefined) track(fetch(broadcast.team_id || teamId, thread_id))
        else if (known) put({ ...known, is_following: state })
        else recount(opened.keys())
      },
      thread_read_changed: (data, { broadcast }) => {
        const { thread_id, timestamp, unread_replies = 0, unread_mentions = 0 } = data
        const places = placesOf(broadcast.team_id)
        if (thread_id !== undefined) {
          const known = records.one(thread_id)
          if (known) put({ ...known, last_viewed_at: timestamp, unread_replies, unread_mentions })
          else recount(places)
          return
        }
        const isRead = ({ channel_id, team_id }: FollowedThread): boolean =>
          broadcast.channel_id === ''
            ? team_id === '' || team_id === broadcast.team_id
            : channel_id === broadcast.channel_id
        for (const thread of records.get()) if (isRead(thread)) read(thread, timestamp)
        recount(broadcast.channel_id === '' ? opened.keys() : places)
      },
      post_deleted: ({ post }) => {
        const known = records.one(post.id)
        if (known) remove(known)
        else if (post.root_id === '') recount(placesOf(channels.records.one(post.channel_id)?.team_id ?? ''))
      },
      leave_team: ({ user_id, team_id }) => {
        if (user_id === me()) opened.drop(team_id)
      },
      delete_team: ({ team }) => opened.drop(team.id),
    },
    load() {
      // Whether the others are still followed is unknown; the next screen loads them again.
      const listed = new Set(byTeam.get().flatMap(({ ids }) => ids))
      for (const id of records.keys()) if (!listed.has(id)) records.delete(id)
      opened.again()
    },
    clear() {
      opened.clear()
      records.clear()
    },
  }

  return {
    ...noun,
    records,
    byTeam,
    /** Loads the newest threads of a team and its totals. */
    open: opened.load,
    fetch,
    /** Loads the next page of a team's threads. */
    async loadMore(teamId: string): Promise<void> {
      const before = byTeam.one(teamId)?.ids.at(-1)
      if (before === undefined) return await opened.load(teamId)
      const { threads } = await ask(teamId, { before, per_page: PAGE, threadsOnly: true })
      // Events keep the known ones up to date.
      for (const thread of threads)
        if (!records.one(thread.id)?.is_following) records.set(thread.id, take(thread, teamId))
      byTeam.update(teamId, (team) => ({
        ...team,
        ids: [...new Set([...team.ids, ...threads.map(({ id }) => id)])],
      }))
    },
  }
}

export type Threads = ReturnType<typeof createThreads>
