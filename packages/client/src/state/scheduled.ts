/** Scheduled posts, by team; those in conversations have the key ''. */
import { scheduled as operations, type ScheduledPost, type Writing } from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const inOrder = (all: readonly ScheduledPost[]): readonly ScheduledPost[] =>
  all.toSorted((a, b) => a.scheduled_at - b.scheduled_at || (a.id < b.id ? -1 : 1))

export const createScheduled = (context: Context, channels: Channels) => {
  const { call } = context
  const byTeam = new Collection<readonly ScheduledPost[]>()

  const opened = createOpened(
    context,
    async (teamId) => {
      const query = { includeDirectChannels: true }
      const all = await call(operations.list, { params: { team_id: teamId }, query })
      return () => {
        byTeam.set(teamId, all[teamId] ?? [])
        byTeam.set('', all.directChannels ?? [])
      }
    },
    (teamId) => {
      byTeam.delete(teamId)
      if (opened.keys().length === 0) byTeam.delete('')
    },
  )

  channels.onMoved(() => opened.again())

  /** Its team, by its channel; if the channel was left meanwhile, by the list that contains it. */
  const placeOf = ({ id, channel_id }: ScheduledPost): string | undefined =>
    channels.records.one(channel_id)?.team_id ??
    byTeam.keys().find((key) => byTeam.one(key)?.some((each) => each.id === id))

  const put = (post: ScheduledPost, isThere: boolean): void => {
    const place = placeOf(post)
    for (const teamId of opened.keys()) {
      if (place !== '' && place !== teamId) continue
      opened.change(teamId, () =>
        byTeam.update(place, (all) => {
          const others = all.filter(({ id }) => id !== post.id)
          return isThere ? inOrder([...others, post]) : others
        }),
      )
    }
  }

  const noun: Noun = {
    on: {
      scheduled_post_created: ({ scheduledPost }) => put(scheduledPost, true),
      scheduled_post_updated: ({ scheduledPost }) => put(scheduledPost, true),
      scheduled_post_deleted: ({ scheduledPost }) => put(scheduledPost, false),
      leave_team: ({ user_id, team_id }) => {
        if (user_id === context.me()) opened.drop(team_id)
      },
      delete_team: ({ team }) => opened.drop(team.id),
    },
    load: () => opened.again(),
    clear: opened.clear,
  }

  return {
    ...noun,
    byTeam,
    /** Loads those of a team, and those in conversations. */
    open: opened.load,
    async create(writing: Writing, at: number): Promise<void> {
      put(await call(operations.create, { body: { ...writing, scheduled_at: at } }), true)
    },
    /** Changes the text or the time. */
    async update(post: ScheduledPost, change: { message?: string; scheduled_at?: number }): Promise<void> {
      const { id, channel_id, root_id, message, file_ids, priority, scheduled_at } = { ...post, ...change }
      const body = { id, channel_id, root_id, message, file_ids, scheduled_at, ...(priority && { priority }) }
      put(await call(operations.update, { params: { scheduled_post_id: id }, body }), true)
    },
    async remove(post: ScheduledPost): Promise<void> {
      await call(operations.remove, { params: { scheduled_post_id: post.id } })
      put(post, false)
    },
  }
}

export type Scheduled = ReturnType<typeof createScheduled>
