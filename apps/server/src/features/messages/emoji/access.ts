/**
 * Everybody who is signed in may read custom emoji. Roles on the server or in any team decide who may create
 * and delete them.
 */
import type { Permission } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayAnywhere } from '../../places/teams/index.ts'
import { type EmojiRow, findEmoji, lockEmoji } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayUseEmoji = ({ server }: Context): void => {
  if (!server.settings().ServiceSettings.EnableCustomEmoji) throw new Fault('emoji.off')
}

/** Emoji belong to no team: it is enough to have the permission anywhere, as in v4. */
const checkMay = async (context: Context, permission: Permission): Promise<void> => {
  if (!(await mayAnywhere(context, permission))) throw forbidden()
}

export const mayCreateEmoji = async (context: Context): Promise<void> => {
  mayUseEmoji(context)
  await checkMay(context, 'create_emojis')
}

type AboutEmoji = { params: { emoji_id: string } }

export const maySeeEmoji = async (context: Context, { params }: AboutEmoji): Promise<EmojiRow> => {
  mayUseEmoji(context)
  const row = await findEmoji(context.db, params.emoji_id)
  if (!row) throw new Fault('emoji.not_found')
  return row
}

export const mayRemoveEmoji = async (context: Context, { params }: AboutEmoji): Promise<EmojiRow> => {
  mayUseEmoji(context)
  const row = await lockEmoji(context.db, params.emoji_id)
  if (!row) throw new Fault('emoji.not_found')
  await checkMay(context, 'delete_emojis')
  if (row.creator_id !== context.actor.userId) await checkMay(context, 'delete_others_emojis')
  return row
}
