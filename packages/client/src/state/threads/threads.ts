/** Threads that the signed-in person follows: the newest ones of each loaded team, and totals over all. */
import { threads as operations } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import type { ChangingContext } from '../changes.ts'
import type { Channels } from '../channels/channels.ts'
import type { Noun } from '../noun.ts'
import type { Posts } from '../posts/posts.ts'
import { threadCalls } from './calls.ts'
import { threadChanges } from './changes.ts'
import { threadHandlers } from './events.ts'
import { createThreadLists, PAGE, type ThreadLists } from './lists.ts'
import { threadSums } from './sums.ts'

/** Loads the next page of a team's threads. */
const createMore =
  ({ records, byTeam, opened, ask, take }: ThreadLists) =>
  async (teamId: string): Promise<void> => {
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
  }

export const createThreads = (context: ChangingContext, channels: Channels, posts: Posts) => {
  const lists = createThreadLists(context, channels, posts)
  const { records, byTeam, opened, take, put, isWhole, remove } = lists
  posts.hold(() => records.keys())

  const removeIn = (channelId: string): void => {
    const known = records.get().filter((each) => each.channel_id === channelId)
    const unseen = opened.keys().filter((teamId) => !isWhole(teamId))
    for (const thread of known) remove(thread)
    opened.again(unseen)
  }
  channels.onGone(removeIn)
  channels.onMoved(() => opened.again())

  /**
   * Loads one thread, whether it is in a list or not. Events that came meanwhile are later than the answer.
   * Without following there is no thread.
   */
  const fetch = async (teamId: string, threadId: string): Promise<void> => {
    const before = records.one(threadId)
    const params = { user_id: 'me', team_id: teamId, thread_id: threadId }
    try {
      const thread = await context.call(operations.get, { params })
      if (records.one(threadId) === before) put(take(thread, teamId))
    } catch (fault) {
      if (!(fault instanceof ApiFault && fault.status === 404)) throw fault
      if (before) put({ ...before, is_following: false })
    }
  }

  const noun: Noun = {
    on: threadHandlers(context, channels, lists, fetch),
    load() {
      lists.forget(records.keys())
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
    /** The loaded lists, for the local copy. */
    opened,
    /** Loads the newest threads of a team and its totals. */
    open: opened.load,
    fetch,
    ...threadSums(lists),
    ...threadCalls(context, lists),
    ...threadChanges(context, posts, lists, fetch),
    /** Loads the next page of a team's threads. */
    loadMore: createMore(lists),
  }
}

export type Threads = ReturnType<typeof createThreads>
