/**
 * Only its user may use an upload, not even administrators. A person who may no longer send files to its
 * channel cannot continue.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { checkEnabled, checkMaySendTo } from '../files/index.ts'
import { beginSending, type Sender } from './senders.ts'
import { findUpload, type UploadRow } from './store.ts'

export const mayBegin = async (
  context: Context,
  { body }: { body: { channel_id: string } },
): Promise<void> => {
  checkEnabled(context.server)
  await checkMaySendTo(context, body.channel_id)
}

type AboutUpload = { params: { upload_id: string } }

export const maySeeUpload = async ({ db, actor }: Context, { params }: AboutUpload): Promise<UploadRow> => {
  const upload = await findUpload(db, params.upload_id)
  if (!upload || upload.user_id !== actor.userId) throw new Fault('uploads.not_found')
  return upload
}

export type Sending = { upload: UploadRow; sender: Sender }

/** The actor becomes the only sender from here on, so the row that is read stays current for them. */
export const mayGoOn = async (context: Context, input: AboutUpload): Promise<Sending> => {
  checkEnabled(context.server)
  const sender = beginSending(context, input.params.upload_id)
  try {
    const upload = await maySeeUpload(context, input)
    await checkMaySendTo(context, upload.channel_id)
    return { upload, sender }
  } catch (error) {
    sender.end()
    throw error
  }
}
