/** Categories: the groups of channels in a person's sidebar, per team, and their order. */
import { type Static, Type } from 'typebox'
import { Name } from '../names.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Id, IdOrNone, Ids, JsonText, Text } from '../records.ts'

export const CategoryType = Type.Union([
  Type.Literal('favorites'),
  Type.Literal('channels'),
  Type.Literal('direct_messages'),
  Type.Literal('custom'),
])
export type CategoryType = Static<typeof CategoryType>

/** Built-in categories have the id `{type}_{user_id}_{team_id}`, custom ones an ordinary id. */
export const Category = Type.Object({
  id: Text(80, 1),
  user_id: Id,
  team_id: Id,
  sort_order: Type.Integer(),
  sorting: Type.Union([
    Type.Literal(''),
    Type.Literal('manual'),
    Type.Literal('recent'),
    Type.Literal('alpha'),
  ]),
  type: CategoryType,
  display_name: Name(64),
  muted: Type.Boolean(),
  collapsed: Type.Boolean(),
  channel_ids: Ids(1000),
})
export type Category = Static<typeof Category>

export const OrderedCategories = Type.Object({
  categories: Type.Array(Category),
  order: Type.Array(Type.String()),
})
export type OrderedCategories = Static<typeof OrderedCategories>

/** The owner and the team, which the path already names. */
const owner = { user_id: Type.Optional(IdOrNone), team_id: Type.Optional(IdOrNone) }

const NewCategory = Type.Object({
  ...owner,
  display_name: Name(64, 1),
  sorting: Type.Optional(Category.properties.sorting),
  muted: Type.Optional(Type.Boolean()),
  collapsed: Type.Optional(Type.Boolean()),
  channel_ids: Type.Optional(Ids(1000)),
})

const CategoryChange = Type.Object({
  ...owner,
  id: Text(80, 1),
  display_name: Type.Optional(Name(64)),
  sorting: Type.Optional(Category.properties.sorting),
  muted: Type.Optional(Type.Boolean()),
  collapsed: Type.Optional(Type.Boolean()),
  channel_ids: Type.Optional(Ids(1000)),
})
export type CategoryChange = Static<typeof CategoryChange>

const base = '/users/{user_id}/teams/{team_id}/channels/categories' as const

export const categories = operations('categories', {
  list: get(base, { reply: OrderedCategories }),
  create: post(base, { body: NewCategory, reply: Category, status: 201 }),
  updateAll: put(base, { body: Type.Array(CategoryChange, { maxItems: 200 }), reply: Type.Array(Category) }),
  getOrder: get(`${base}/order`, { reply: Type.Array(Type.String()) }),
  setOrder: put(`${base}/order`, {
    body: Type.Array(Text(80, 1), { maxItems: 200 }),
    reply: Type.Array(Type.String()),
  }),
  get: get(`${base}/{category_id}`, { reply: Category }),
  update: put(`${base}/{category_id}`, { body: CategoryChange, reply: Category }),
  remove: del(`${base}/{category_id}`, { reply: Type.Object({ status: Type.Literal('OK') }) }),
})

export const categoryEvents = {
  sidebar_category_created: Type.Object({ category_id: Type.String() }),
  sidebar_category_updated: Type.Object({ updatedCategories: Type.Optional(JsonText(Type.Array(Category))) }),
  sidebar_category_deleted: Type.Object({ category_id: Type.String() }),
  sidebar_category_order_updated: Type.Object({ order: Type.Array(Type.String()) }),
}
