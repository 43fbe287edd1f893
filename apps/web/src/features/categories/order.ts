/** Which channels are in the sidebar of a team, and in which order. */
import { type Client, derive, keyed, partnerOf, type Source, unreadOf } from '@plausch/client'
import type { Category, Channel } from '@plausch/wire'
import { client } from '../../platform/client.ts'
import { channelName } from '../../platform/names.ts'

export type Group = { category: Category; channelIds: readonly string[] }

/** v4's default number of shown conversations; search finds the others. */
const MOST_DIRECT = 40

const isConversation = (channel: Channel): boolean => channel.type === 'D' || channel.type === 'G'

type Known = Pick<Client, 'channels' | 'members' | 'preferences'>

/**
 * A hidden conversation stays hidden until it has a new message; a conversation without messages is hidden
 * from the start.
 */
const isShown = (channel: Channel, me: string, known: Known): boolean => {
  if (channel.delete_at > 0) return false
  if (!isConversation(channel)) return true
  const unread = unreadOf(channel, known.members.mine.one(channel.id))
  if (unread.messages > 0 || unread.mentions > 0) return true
  const preference =
    channel.type === 'D'
      ? known.preferences.at('direct_channel_show', partnerOf(channel, me)).get()
      : known.preferences.at('group_channel_show', channel.id).get()
  if (preference) return preference.value === 'true'
  return channel.last_post_at > 0
}

const sorted = (channels: Channel[], category: Category): Channel[] => {
  const sorting = category.sorting || (category.type === 'direct_messages' ? 'recent' : 'alpha')
  if (sorting === 'recent') return channels.sort((a, b) => b.last_post_at - a.last_post_at)
  if (sorting === 'manual') return channels
  const name = (channel: Channel): string => channelName(channel.id).get().toLowerCase()
  return channels.sort((a, b) => name(a).localeCompare(name(b)))
}

const sameGroups = (a: readonly Group[], b: readonly Group[]): boolean =>
  a.length === b.length &&
  a.every(
    (group, i) => group.category === b[i]?.category && group.channelIds.join() === b[i]?.channelIds.join(),
  )

/** The groups of a team's sidebar. A channel that no category lists is in the default one of its kind. */
export const groupsOf: (teamId: string) => Source<readonly Group[]> = keyed((teamId) =>
  derive(
    [
      client.categories.byTeam.at(teamId),
      client.channels.records,
      client.members.mine,
      client.preferences.records,
      client.users.records,
      client.nameForm,
    ],
    (categories = [], channels) => {
      const me = client.myId.get()
      const byId = new Map(
        channels
          .filter(
            (channel) =>
              (channel.team_id === teamId || channel.team_id === '') && isShown(channel, me, client),
          )
          .map((channel) => [channel.id, channel]),
      )
      const placed = new Set(categories.flatMap(({ channel_ids }) => channel_ids))
      const loose = [...byId.values()].filter(({ id }) => !placed.has(id))
      return categories.map((category) => {
        const own = category.channel_ids.flatMap((id) => byId.get(id) ?? [])
        const extra = loose.filter(
          (channel) => category.type === (isConversation(channel) ? 'direct_messages' : 'channels'),
        )
        const all = sorted([...own, ...extra], category).map(({ id }) => id)
        return { category, channelIds: category.type === 'direct_messages' ? all.slice(0, MOST_DIRECT) : all }
      })
    },
    sameGroups,
  ),
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
