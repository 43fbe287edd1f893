/** The parts of a client's state that must be equal, however the client got them. */
import { blockAt, type State } from '@plausch/client'
import type { Category, Post } from '@plausch/wire'

const sorted = <T extends object>(records: readonly T[], key: (record: T) => string) =>
  Object.fromEntries(
    [...records].sort((a, b) => key(a).localeCompare(key(b))).map((record) => [key(record), record]),
  )

/** Clients sort the channels of a category themselves, unless a person sorted it by hand. */
const arranged = (categories: readonly Category[], isLive: (channelId: string) => boolean) =>
  categories.map((each) => {
    const ids = each.channel_ids.filter(isLive)
    return { ...each, channel_ids: each.sorting === 'manual' ? ids : ids.toSorted() }
  })

/**
 * Without parts that events do not carry: when the metadata of a post changed, the id under which its author
 * sent it, which only the author needs, and the records of custom emoji, whose names clients know.
 */
const plain = (post: Post | undefined) => {
  if (!post) return undefined
  const { update_at: _, pending_post_id: _pending, is_following: _following, ...rest } = post
  const { emojis: _emojis, ...metadata } = rest.metadata
  return { ...rest, metadata }
}

/**
 * The compared part of a list that is loaded by pages; clients may have loaded different numbers of pages.
 */
const MOST = 20

/**
 * The roles of a person, except those that are loaded on demand: of administrators, and of moderated
 * channels.
 */
const heldRoles = (state: State): string[] => {
  const holders = [state.me.get(), ...state.teams.members.get(), ...state.members.mine.get()]
  const names = holders.flatMap((holder) => holder?.roles.split(' ') ?? [])
  return [...new Set(names)].filter((name) => !/_admin$|_less_\d+$/.test(name)).toSorted()
}

const byKey = <V>(all: { keys(): string[]; one(key: string): V | undefined }) =>
  all.keys().map((key): [string, V | undefined] => [key, all.one(key)])

/**
 * All loaded data that events change; of posts only those of `channels`. An archived channel stays with
 * clients that have it open.
 */
export const shown = (state: State, channels: readonly { id: string }[] = []) => {
  const live = state.channels.records.get().filter((channel) => channel.delete_at === 0)
  const isLive = (channelId: string) => live.some((channel) => channel.id === channelId)
  const postsOf = (ids: readonly string[] = []) => ids.map((id) => plain(state.posts.records.one(id)))
  const inLive = <V, S>(all: { keys(): string[]; one(key: string): V | undefined }, show: (value: V) => S) =>
    Object.fromEntries(
      byKey(all).flatMap(([id, value]) => (value !== undefined && isLive(id) ? [[id, show(value)]] : [])),
    )
  const { byTeam } = state.categories
  return {
    config: state.settings.config.get(),
    me: state.me.get(),
    status: state.presence.records.one(state.myId.get())?.status,
    roles: heldRoles(state).map((name) => state.roles.records.one(name)),
    teams: sorted(state.teams.records.get(), (team) => team.id),
    teamMembers: sorted(state.teams.members.get(), (member) => member.team_id),
    channels: sorted(live, (channel) => channel.id),
    members: sorted(
      state.members.mine.get().filter((member) => isLive(member.channel_id)),
      (member) => member.channel_id,
    ),
    preferences: sorted(state.preferences.records.get(), (each) => `${each.category} ${each.name}`),
    categories: Object.fromEntries(byTeam.keys().map((id) => [id, arranged(byTeam.one(id) ?? [], isLive)])),
    posts: Object.fromEntries(
      channels
        .filter(({ id }) => isLive(id))
        .map(({ id }) => [id, postsOf(blockAt(state.posts.timelines.one(id) ?? [], '')?.ids.slice(-MOST))]),
    ),
    unread: {
      all: state.unreads.everything.get(),
      channels: Object.fromEntries(live.map(({ id }) => [id, state.unreads.ofChannel(id).get()])),
      teams: Object.fromEntries(state.teams.records.keys().map((id) => [id, state.unreads.ofTeam(id).get()])),
    },
    replies: Object.fromEntries(
      byKey(state.posts.replies.timelines).map(([id, line]): [string, unknown] => [
        id,
        postsOf(blockAt(line ?? [], '')?.ids),
      ]),
    ),
    pinned: inLive(state.marked.pinned, postsOf),
    saved: postsOf(state.marked.saved.get()),
    bookmarks: inLive(state.bookmarks.byChannel, (all) => all),
    threads: Object.fromEntries(
      byKey(state.threads.byTeam).map(([id, team]): [string, unknown] => {
        const ids = team?.ids.slice(0, MOST) ?? []
        const threads = ids.map((each) => state.threads.records.one(each))
        return [id, { ...team, ids, threads, posts: postsOf(ids) }]
      }),
    ),
    drafts: sorted(state.drafts.records.get(), (draft) => `${draft.channel_id} ${draft.root_id}`),
    scheduled: Object.fromEntries(byKey(state.scheduled.byTeam)),
    emoji: sorted(state.emoji.records.get(), ({ name }) => name),
    groups: sorted(state.groups.records.get(), ({ id }) => id),
    ownGroups: [...state.groups.mine.get()].toSorted(),
    fields: sorted(state.attributes.fields.get(), ({ id }) => id),
    values: Object.fromEntries(byKey(state.attributes.values)),
  }
}
