import type { Category } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'

/** The owner and the team of a sidebar. */
export type Place = { userId: string; teamId: string }

/** Events about a sidebar go to the clients of its owner only. */
const owner = ({ userId, teamId }: Place) => ({ team: teamId, users: [userId] })

export const announceCreated = (context: Context, place: Place, id: string): void =>
  context.publish('sidebar_category_created', { category_id: id }, owner(place))

export const announceUpdated = (context: Context, place: Place, changed: readonly Category[]): void =>
  context.publish('sidebar_category_updated', { updatedCategories: JSON.stringify(changed) }, owner(place))

export const announceOrder = (context: Context, place: Place, order: string[]): void =>
  context.publish('sidebar_category_order_updated', { order }, owner(place))

export const announceDeleted = (context: Context, place: Place, id: string): void =>
  context.publish('sidebar_category_deleted', { category_id: id }, owner(place))
