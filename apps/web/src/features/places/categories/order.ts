/** Which channels are in the sidebar of a team, and in which order. */
import { keyed, partnerOf, type Source, sameList, select, Value } from '@plausch/client'
import type { Category, Channel } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { isHere } from '../../../platform/place.ts'

/** The group of unread channels is of no category. */
export type Group = { category: Category | undefined; channelIds: readonly string[] }

/** v4's default number of shown conversations; search finds the others. */
const MOST_DIRECT = 40
/** v4's value for all of them. */
export const ALL_DIRECT = 10_000

/** Are only unread channels shown? Until the page is loaded again. */
export const isFiltered = new Value(false)

/**
 * The open channel, if it was unread when it was opened: its row stays where it was pressed, although the
 * channel is read now.
 */
export const lingering = new Value('')

type Read = <V>(source: Source<V>) => V

const isConversation = (channel: Channel): boolean => channel.type === 'D' || channel.type === 'G'

export const isUnread: (channelId: string) => Source<boolean> = keyed((channelId) =>
  select((read) => {
    const { messages, mentions } = read(client.unreads.ofChannel(channelId))
    return messages > 0 || mentions > 0
  }),
)

/** Was it closed, or never shown? v4 keeps it in two preferences. */
export const closedPreference = (channel: Channel, me: string): readonly [string, string] =>
  channel.type === 'D' ? ['direct_channel_show', partnerOf(channel, me)] : ['group_channel_show', channel.id]

/**
 * A closed conversation is back with the next message; a conversation without messages is hidden from the
 * start. Whatever is open is shown.
 */
const isShown = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.records.at(channelId))
    if (!channel) return false
    if (read(isHere(channelId))) return true
    if (channel.delete_at > 0) return false
    if (!isConversation(channel) || read(isUnread(channelId))) return true
    const preference = read(client.preferences.at(...closedPreference(channel, read(client.myId))))
    return preference ? preference.value === 'true' : channel.last_post_at > 0
  }),
)

const kindOf = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.described(channelId))
    return channel && isConversation(channel) ? 'direct_messages' : 'channels'
  }),
)
const lastPostAt = keyed((channelId) =>
  select((read) => read(client.channels.records.at(channelId))?.last_post_at ?? 0),
)

/** How many conversations the reader wants to see. */
export const directLimit: Source<number> = select((read) => {
  const value = Number(read(client.preferences.at('sidebar_settings', 'limit_visible_dms_gms'))?.value)
  return value > 0 ? value : MOST_DIRECT
})

/** Does the reader want unread channels in a group of their own, above the others? */
export const hasUnreadGroup: Source<boolean> = select(
  (read) => read(client.preferences.at('sidebar_settings', 'show_unread_section'))?.value === 'true',
)

const { compare } = new Intl.Collator(undefined, { sensitivity: 'accent', numeric: true })

/** How a category is sorted: '' means the order that is usual for its kind. */
export const sortingOf = ({ sorting, type }: Category): 'manual' | 'recent' | 'alpha' =>
  sorting || (type === 'direct_messages' ? 'recent' : 'alpha')

const byTime = (read: Read, ids: readonly string[]): string[] => {
  const times = new Map(ids.map((id) => [id, read(lastPostAt(id))]))
  return [...ids].sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
}

const byName = (read: Read, ids: readonly string[]): string[] => {
  const names = new Map(ids.map((id) => [id, read(channelName(id))]))
  return [...ids].sort((a, b) => compare(names.get(a) ?? '', names.get(b) ?? ''))
}

const sorted = (read: Read, ids: readonly string[], category: Category): readonly string[] => {
  const sorting = sortingOf(category)
  if (sorting === 'recent') return byTime(read, ids)
  return sorting === 'alpha' ? byName(read, ids) : ids
}

/** The newest conversations, as many as the reader wants to see, and all unread ones. */
const limited = (read: Read, ids: readonly string[]): readonly string[] => {
  const most = read(directLimit)
  if (ids.length <= most) return ids
  const newest = new Set(byTime(read, ids).slice(0, most))
  return ids.filter((id) => newest.has(id) || read(isUnread(id)) || read(isHere(id)))
}

const sameGroups = (a: readonly Group[], b: readonly Group[]): boolean =>
  a.length === b.length &&
  a.every(
    (group, i) => group.category === b[i]?.category && sameList(group.channelIds, b[i]?.channelIds ?? []),
  )

/** All categories with their shown channels, before unread ones are taken out. */
const categoriesWith = (read: Read, teamId: string): readonly Group[] => {
  const categories = read(client.categories.byTeam.at(teamId)) ?? []
  const all = [...read(client.channels.idsOf(teamId)), ...read(client.channels.idsOf(''))]
  const shown = new Set(all.filter((id) => read(isShown(id))))
  const placed = new Set(categories.flatMap(({ channel_ids }) => channel_ids))
  const loose = [...shown].filter((id) => !placed.has(id))
  return categories.map((category) => {
    const own = category.channel_ids.filter((id) => shown.has(id))
    const extra = loose.filter((id) => category.type === read(kindOf(id)))
    const isDirect = category.type === 'direct_messages'
    const ids = isDirect ? limited(read, [...own, ...extra]) : [...own, ...extra]
    return { category, channelIds: sorted(read, ids, category) }
  })
}

/**
 * The groups of a team's sidebar. A channel that no category lists is in the default one of its kind. A new
 * post orders only the categories anew that are sorted by time.
 */
export const groupsOf: (teamId: string) => Source<readonly Group[]> = keyed((teamId) =>
  select((read) => {
    const groups = categoriesWith(read, teamId)
    const filtered = read(isFiltered)
    if (!filtered && !read(hasUnreadGroup)) return groups
    const stays = read(lingering)
    const isNew = (id: string): boolean => read(isUnread(id)) || (id === stays && read(isHere(id)))
    const fresh = groups.flatMap(({ channelIds }) => channelIds.filter(isNew))
    const top = { category: undefined, channelIds: byTime(read, fresh) }
    if (filtered) return [top]
    const taken = new Set(fresh)
    const rest = groups.map(({ category, channelIds }) => ({
      category,
      channelIds: channelIds.filter((id) => !taken.has(id)),
    }))
    return fresh.length > 0 ? [top, ...rest] : rest
  }, sameGroups),
)

/** Is the row of a channel visible? A folded category shows only unread channels and the open one. */
export const isRowShown = (isFolded: boolean, isNew: boolean, isCurrent: boolean): boolean =>
  !isFolded || isNew || isCurrent

/** The channels whose rows are visible, from top to bottom. */
export const rowsOf = (teamId: string): readonly string[] =>
  groupsOf(teamId)
    .get()
    .flatMap(({ category, channelIds }) =>
      channelIds.filter((id) =>
        isRowShown(category?.collapsed ?? false, isUnread(id).get(), isHere(id).get()),
      ),
    )

/** The neighbour of a channel in the sidebar, `step` rows down; with `onlyUnread`, the next unread one. */
export const neighbourOf = (
  teamId: string,
  channelId: string,
  step: 1 | -1,
  onlyUnread = false,
): string | undefined => {
  const all = rowsOf(teamId)
  const at = all.indexOf(channelId)
  for (let i = 1; i <= all.length; i++) {
    const id = all[(at + step * i + all.length * 2) % all.length]
    if (id !== undefined && id !== channelId && (!onlyUnread || isUnread(id).get())) return id
  }
  return undefined
}
