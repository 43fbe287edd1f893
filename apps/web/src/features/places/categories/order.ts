/** Which channels are in the sidebar of a team, and in which order. */
import { keyed, partnerOf, type Source, select } from '@plausch/client'
import type { Category, Channel } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'

export type Group = { category: Category; channelIds: readonly string[] }

/** v4's default number of shown conversations; search finds the others. */
const MOST_DIRECT = 40

const isConversation = (channel: Channel): boolean => channel.type === 'D' || channel.type === 'G'

/**
 * A hidden conversation stays hidden until it has a new message; a conversation without messages is hidden
 * from the start.
 */
const isShown = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.records.at(channelId))
    if (!channel || channel.delete_at > 0) return false
    if (!isConversation(channel)) return true
    const unread = read(client.unreads.ofChannel(channelId))
    if (unread.messages > 0 || unread.mentions > 0) return true
    const preference =
      channel.type === 'D'
        ? read(client.preferences.at('direct_channel_show', partnerOf(channel, read(client.myId))))
        : read(client.preferences.at('group_channel_show', channelId))
    return preference ? preference.value === 'true' : channel.last_post_at > 0
  }),
)

const kindOf = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.records.at(channelId))
    return channel && isConversation(channel) ? 'direct_messages' : 'channels'
  }),
)
const lastPostAt = keyed((channelId) =>
  select((read) => read(client.channels.records.at(channelId))?.last_post_at ?? 0),
)

const { compare } = new Intl.Collator(undefined, { sensitivity: 'accent' })

type Read = <V>(source: Source<V>) => V

const sorted = (read: Read, ids: string[], category: Category): string[] => {
  const sorting = category.sorting || (category.type === 'direct_messages' ? 'recent' : 'alpha')
  if (sorting === 'manual') return ids
  if (sorting === 'recent') {
    const times = new Map(ids.map((id) => [id, read(lastPostAt(id))]))
    return ids.sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
  }
  const names = new Map(ids.map((id) => [id, read(channelName(id))]))
  return ids.sort((a, b) => compare(names.get(a) ?? '', names.get(b) ?? ''))
}

const sameGroups = (a: readonly Group[], b: readonly Group[]): boolean =>
  a.length === b.length &&
  a.every(
    (group, i) => group.category === b[i]?.category && group.channelIds.join() === b[i]?.channelIds.join(),
  )

/**
 * The groups of a team's sidebar. A channel that no category lists is in the default one of its kind. A new
 * post orders only the categories anew that are sorted by time.
 */
export const groupsOf: (teamId: string) => Source<readonly Group[]> = keyed((teamId) =>
  select((read) => {
    const categories = read(client.categories.byTeam.at(teamId)) ?? []
    const all = [...read(client.channels.idsOf(teamId)), ...read(client.channels.idsOf(''))]
    const shown = new Set(all.filter((id) => read(isShown(id))))
    const placed = new Set(categories.flatMap(({ channel_ids }) => channel_ids))
    const loose = [...shown].filter((id) => !placed.has(id))
    return categories.map((category) => {
      const own = category.channel_ids.filter((id) => shown.has(id))
      const extra = loose.filter((id) => category.type === read(kindOf(id)))
      const ids = sorted(read, [...own, ...extra], category)
      return { category, channelIds: category.type === 'direct_messages' ? ids.slice(0, MOST_DIRECT) : ids }
    })
  }, sameGroups),
)

/** The neighbour of a channel in the sidebar, `step` rows down; with `onlyUnread`, the next unread one. */
export const neighbourOf = (
  teamId: string,
  channelId: string,
  step: 1 | -1,
  onlyUnread = false,
): string | undefined => {
  const all = groupsOf(teamId)
    .get()
    .flatMap(({ channelIds }) => channelIds)
  const isWanted = (id: string): boolean => {
    const { messages, mentions } = client.unreads.ofChannel(id).get()
    return !onlyUnread || messages > 0 || mentions > 0
  }
  const at = all.indexOf(channelId)
  for (let i = 1; i <= all.length; i++) {
    const id = all[(at + step * i + all.length * 2) % all.length]
    if (id !== undefined && id !== channelId && isWanted(id)) return id
  }
  return undefined
}
