/**
 * Who may send and read files. Until a file is attached to a message, only its uploader may read it;
 * afterwards everybody who may read the message. Without access to the channel nobody may. The server answers
 * 404 for a file that the actor may not read, as for one that does not exist.
 */
import { createHmac } from 'node:crypto'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newSecret, sameSecret } from '../../../core/ids.ts'
import {
  findChannelAccess,
  refuseArchived,
  type SeenChannel,
  seeChannel,
} from '../../places/channels/index.ts'
import { checkEnabled } from './rules.ts'
import { type FileRow, findFile, findLinkKey } from './store.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

/** Throws a fault unless the actor may send files to the channel. */
export const checkMaySendTo = async (context: Context, channelId: string): Promise<SeenChannel> => {
  const seen = await seeChannel(context, channelId)
  refuseArchived(seen.channel)
  if (!seen.can('upload_file')) throw forbidden()
  return seen
}

/**
 * A form may name its channel only after its files. Then the server checks access when it knows the channel,
 * and again when it inserts the row.
 */
export const maySendFiles = async (
  context: Context,
  { query }: { query: { channel_id: string } },
): Promise<void> => {
  checkEnabled(context.server)
  if (query.channel_id !== '') await checkMaySendTo(context, query.channel_id)
}

type AboutFile = { params: { file_id: string } }
export type SeenFile = { file: FileRow; channel: SeenChannel }

export const mayReadFile = async (context: Context, { params }: AboutFile): Promise<SeenFile> => {
  const file = await findFile(context.db, params.file_id)
  if (!file || (file.post_id === '' && file.user_id !== context.actor.userId))
    throw new Fault('files.not_found')
  try {
    return { file, channel: await seeChannel(context, file.channel_id) }
  } catch (error) {
    if (error instanceof Fault && error.code === 'channels.not_found') throw new Fault('files.not_found')
    throw error
  }
}

/** The signature in the public link of a file. */
export const signatureOf = async ({ server, db }: Context, fileId: string): Promise<string> => {
  const key = server.settings().FileSettings.PublicLinkSalt || (await findLinkKey(db, newSecret()))
  return createHmac('sha256', key).update(fileId).digest('base64url')
}

export const mayShareFile = async (context: Context, input: AboutFile): Promise<FileRow> => {
  const { file, channel } = await mayReadFile(context, input)
  if (!context.server.settings().FileSettings.EnablePublicLink) throw new Fault('files.no_links')
  if (!channel.can('get_public_link')) throw forbidden()
  if (file.post_id === '') throw new Fault('files.no_post')
  return file
}

/**
 * Whoever has the link may read the file, as long as it is attached to a message and its team is not
 * archived. The signature is the secret.
 */
export const mayFollowLink = async (
  context: Context,
  { params, query }: AboutFile & { query: { h: string } },
): Promise<{ file: FileRow }> => {
  const isOn = context.server.settings().FileSettings.EnablePublicLink
  if (!isOn || !sameSecret(query.h, await signatureOf(context, params.file_id)))
    throw new Fault('files.not_found')
  const file = await findFile(context.db, params.file_id)
  if (!file || file.post_id === '') throw new Fault('files.not_found')
  const channel = await findChannelAccess(context.db, '', file.channel_id)
  if (!channel || (channel.team_delete_at ?? 0) > 0) throw new Fault('files.not_found')
  return { file }
}
