import type { Category, CategoryChange, categories, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { withEffects } from './effects.ts'
import { announceCreated, announceDeleted, announceOrder, announceUpdated, type Place } from './events.ts'
import { sidebarOf } from './sidebar.ts'
import {
  type CategoryRow,
  deleteCategory,
  lockSidebar,
  placeChannels,
  saveCategory,
  sidebarChannels,
} from './store.ts'

const MOST = 200

const found = (category: Category | undefined): Category => {
  if (!category) throw new Fault('categories.not_found')
  return category
}

const rowOf = ({ channel_ids: _, ...row }: Category): CategoryRow => row

/** Refuses channels of which the person is no member, so that a sidebar cannot reveal whether they exist. */
const checkChannels = async ({ db }: Context, { userId, teamId }: Place, ids: readonly string[]) => {
  const own = new Set((await sidebarChannels(db, userId, teamId)).map((channel) => channel.id))
  if (ids.some((id) => !own.has(id)) || new Set(ids).size !== ids.length)
    throw new Fault('categories.channels')
}

export const list = ({ db }: Context, _input: unknown, { userId, teamId }: Place) =>
  sidebarOf(db, userId, teamId)

export const getOrder = async ({ db }: Context, _input: unknown, { userId, teamId }: Place) =>
  (await sidebarOf(db, userId, teamId)).order

export const get = async (
  { db }: Context,
  { params }: InputOf<typeof categories.get>,
  { userId, teamId }: Place,
) =>
  found(
    (await sidebarOf(db, userId, teamId)).categories.find((category) => category.id === params.category_id),
  )

/** Numbers the categories in order, ten apart as in v4. */
const saveOrder = async (context: Context, all: readonly Category[]) => {
  for (const [index, category] of all.entries())
    await saveCategory(context.db, { ...rowOf(category), sort_order: index * 10 })
}

const createOne = async (
  context: Context,
  { body }: InputOf<typeof categories.create>,
  place: Place,
): Promise<Category> => {
  const { db, now } = context
  await lockSidebar(db, place.userId)
  const ids = body.channel_ids ?? []
  await checkChannels(context, place, ids)
  const before = (await sidebarOf(db, place.userId, place.teamId)).categories
  if (before.length >= MOST)
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'categories' })
  const category: Category = {
    id: newId(now),
    user_id: place.userId,
    team_id: place.teamId,
    type: 'custom',
    sort_order: 10,
    sorting: body.sorting ?? '',
    display_name: body.display_name,
    muted: body.muted ?? false,
    collapsed: body.collapsed ?? false,
    channel_ids: ids,
  }
  // A new category comes directly below the favourites.
  const [favorites, ...rest] = before
  await saveOrder(context, favorites ? [favorites, category, ...rest] : [category])
  await placeChannels(db, place.userId, place.teamId, category.id, ids)
  announceCreated(context, place, category.id)
  return category
}

export const create = (
  context: Context,
  input: InputOf<typeof categories.create>,
  place: Place,
): Promise<Category> => withEffects(context, place, () => createOne(context, input, place))

const change = async (
  context: Context,
  place: Place,
  before: Category,
  wanted: CategoryChange,
): Promise<void> => {
  const { db } = context
  const isRenamed = wanted.display_name !== undefined && wanted.display_name !== before.display_name
  // Official clients send built-in categories back with translated names, so these names are ignored.
  const displayName = before.type === 'custom' && isRenamed ? wanted.display_name : before.display_name
  if (displayName === '')
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'display_name' })
  await saveCategory(db, {
    ...rowOf(before),
    display_name: displayName ?? before.display_name,
    sorting: wanted.sorting ?? before.sorting,
    muted: wanted.muted ?? before.muted,
    collapsed: wanted.collapsed ?? before.collapsed,
  })
  if (wanted.channel_ids) {
    await checkChannels(context, place, wanted.channel_ids)
    await placeChannels(db, place.userId, place.teamId, before.id, wanted.channel_ids)
  }
}

const updateSome = async (
  context: Context,
  place: Place,
  changes: readonly CategoryChange[],
): Promise<Category[]> => {
  await lockSidebar(context.db, place.userId)
  const before = (await sidebarOf(context.db, place.userId, place.teamId)).categories
  for (const wanted of changes) {
    await change(context, place, found(before.find((category) => category.id === wanted.id)), wanted)
  }
  // The state now: if one change put a channel into its category, another may have taken it out again.
  const after = (await sidebarOf(context.db, place.userId, place.teamId)).categories
  const changed = changes.map(({ id }) => found(after.find((category) => category.id === id)))
  announceUpdated(context, place, changed)
  return changed
}

const updated = (context: Context, place: Place, changes: readonly CategoryChange[]): Promise<Category[]> =>
  withEffects(context, place, () => updateSome(context, place, changes))

export const updateAll = (context: Context, { body }: InputOf<typeof categories.updateAll>, place: Place) =>
  updated(context, place, body)

export const update = async (
  context: Context,
  { body }: InputOf<typeof categories.update>,
  place: Place,
): Promise<Category> => {
  return found((await updated(context, place, [body]))[0])
}

export const setOrder = async (
  context: Context,
  { body }: InputOf<typeof categories.setOrder>,
  place: Place,
) => {
  await lockSidebar(context.db, place.userId)
  const { categories: all, order } = await sidebarOf(context.db, place.userId, place.teamId)
  // An order must name each category once; otherwise one would be lost.
  if (
    body.length !== order.length ||
    new Set(body).size !== order.length ||
    body.some((id) => !order.includes(id))
  ) {
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'order' })
  }
  await saveOrder(
    context,
    body.flatMap((id) => all.find((category) => category.id === id) ?? []),
  )
  announceOrder(context, place, body)
  return body
}

export const remove = async (
  context: Context,
  { params }: InputOf<typeof categories.remove>,
  place: Place,
) => {
  const { db } = context
  await lockSidebar(db, place.userId)
  const all = (await sidebarOf(db, place.userId, place.teamId)).categories
  const category = found(all.find((each) => each.id === params.category_id))
  if (category.type !== 'custom') throw new Fault('categories.fixed')
  await withEffects(context, place, () => deleteCategory(db, place.userId, place.teamId, category.id))
  announceDeleted(context, place, category.id)
  return { status: 'OK' as const }
}
