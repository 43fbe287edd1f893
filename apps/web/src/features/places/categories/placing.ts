/** Puts channels into categories, and categories into order. */
import type { Category, Channel } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { type Group, groupsOf } from './order.ts'

const isConversation = ({ type }: Channel): boolean => type === 'D' || type === 'G'

export const categoriesOf = (teamId: string): readonly Category[] =>
  client.categories.byTeam.one(teamId) ?? []

/** Conversations are never among the channels, and channels never among the conversations. */
export const takes = ({ type }: Category, channel: Channel): boolean =>
  type === 'channels' ? !isConversation(channel) : type !== 'direct_messages' || isConversation(channel)

const groupWith = (teamId: string, channelId: string): Group | undefined =>
  groupsOf(teamId)
    .get()
    .find(({ category, channelIds }) => category && channelIds.includes(channelId))

/** The category of a channel: where it was put, otherwise the default one of its kind. */
export const categoryOf = (teamId: string, channel: Channel): Category | undefined => {
  const all = categoriesOf(teamId)
  const usual = isConversation(channel) ? 'direct_messages' : 'channels'
  return (
    all.find(({ channel_ids }) => channel_ids.includes(channel.id)) ?? all.find(({ type }) => type === usual)
  )
}

/** All channels of a category in the order in which they are shown; hidden ones follow. */
const orderOf = (teamId: string, category: Category): readonly string[] => {
  const shown =
    groupsOf(teamId)
      .get()
      .find((group) => group.category?.id === category.id)?.channelIds ?? []
  return [...new Set([...shown, ...category.channel_ids])]
}

/** Puts a channel at the top of a category, whose order stays as it was. */
export const putInto = (teamId: string, channel: Channel, category: Category): Promise<unknown> =>
  client.categories.update(teamId, {
    id: category.id,
    channel_ids: [channel.id, ...category.channel_ids.filter((id) => id !== channel.id)],
  })

/**
 * Puts a channel before or after another one. From then on the reader's own order applies in this category.
 */
export const putBeside = (
  teamId: string,
  channelId: string,
  category: Category,
  neighbour: string,
  isAfter: boolean,
): Promise<unknown> => {
  const others = orderOf(teamId, category).filter((id) => id !== channelId)
  const at = others.indexOf(neighbour) + (isAfter ? 1 : 0)
  const channel_ids = [...others.slice(0, at), channelId, ...others.slice(at)]
  return client.categories.update(teamId, { id: category.id, channel_ids, sorting: 'manual' })
}

/** The shown neighbour above or below a channel in its category. */
export const neighbourIn = (
  teamId: string,
  channelId: string,
  step: 1 | -1,
): { category: Category; id: string } | undefined => {
  const { category, channelIds } = groupWith(teamId, channelId) ?? {}
  const id = channelIds?.[channelIds.indexOf(channelId) + step]
  return category && id !== undefined ? { category, id } : undefined
}

/** Moves a category before or after another one. */
export const orderBeside = (
  teamId: string,
  categoryId: string,
  neighbour: string,
  isAfter: boolean,
): Promise<unknown> => {
  const others = categoriesOf(teamId)
    .map(({ id }) => id)
    .filter((id) => id !== categoryId)
  const at = others.indexOf(neighbour) + (isAfter ? 1 : 0)
  return client.categories.order(teamId, [...others.slice(0, at), categoryId, ...others.slice(at)])
}

/** The category above or below another one. */
export const categoryBeside = (teamId: string, categoryId: string, step: 1 | -1): Category | undefined => {
  const all = categoriesOf(teamId)
  const at = all.findIndex(({ id }) => id === categoryId)
  return at < 0 ? undefined : all[at + step]
}

export const isFavourite = (teamId: string, channel: Channel): boolean =>
  categoryOf(teamId, channel)?.type === 'favorites'

/** Puts a channel among the favourites, or back among the others of its kind. */
export const setFavourite = async (teamId: string, channel: Channel, isOn: boolean): Promise<void> => {
  const type = isOn ? 'favorites' : isConversation(channel) ? 'direct_messages' : 'channels'
  const category = categoriesOf(teamId).find((each) => each.type === type)
  if (category) await putInto(teamId, channel, category)
}
