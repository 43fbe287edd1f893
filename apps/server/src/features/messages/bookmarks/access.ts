/**
 * Who may see and change the bookmarks of a channel. Everybody who may read the channel sees them. To change
 * them, people need the permission in the channel; in conversations all members may, except guests.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import {
  isConversation,
  lockChannel,
  mayReadChannel,
  refuseArchived,
  type SeenChannel,
  seeChannel,
} from '../../places/channels/index.ts'
import { type BookmarkRow, findBookmark } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

type AboutChannel = { params: { channel_id: string } }
type AboutBookmark = { params: { channel_id: string; bookmark_id: string } }
export type SeenBookmark = SeenChannel & { bookmark: BookmarkRow }

const checkOn = ({ server }: Context): void => {
  if (!server.settings().FeatureFlags.ChannelBookmarks) throw new Fault('bookmarks.off')
}

export const mayListBookmarks = (context: Context, input: AboutChannel): Promise<SeenChannel> => {
  checkOn(context)
  return mayReadChannel(context, input)
}

type Verb = 'add' | 'edit' | 'delete' | 'order'

/** Locks the channel, so that the number and the order of its bookmarks stay exact. */
const mayChangeIn = async (context: Context, channelId: string, verb: Verb): Promise<SeenChannel> => {
  checkOn(context)
  const { actor, db } = context
  await lockChannel(db, channelId)
  const seen = await seeChannel(context, channelId)
  const { type } = seen.channel
  if (isConversation(seen.channel)) {
    if (actor.roles.split(' ').includes('system_guest')) throw forbidden()
  } else {
    const kind = type === 'O' ? 'public' : 'private'
    if (!seen.can(`${verb}_bookmark_${kind}_channel`)) throw forbidden()
  }
  refuseArchived(seen.channel)
  return seen
}

export const mayAddBookmark = (context: Context, { params }: AboutChannel): Promise<SeenChannel> =>
  mayChangeIn(context, params.channel_id, 'add')

const withBookmark =
  (verb: Verb) =>
  async (context: Context, { params }: AboutBookmark): Promise<SeenBookmark> => {
    const seen = await mayChangeIn(context, params.channel_id, verb)
    const bookmark = await findBookmark(context.db, params.channel_id, params.bookmark_id)
    if (!bookmark) throw new Fault('bookmarks.not_found')
    return { ...seen, bookmark }
  }

export const mayChangeBookmark = withBookmark('edit')
export const mayRemoveBookmark = withBookmark('delete')
export const maySortBookmark = withBookmark('order')
