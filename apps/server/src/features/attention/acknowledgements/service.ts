import type { Acknowledgement } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { announcePostChanged, notePost, type PostRow, type SeenPost } from '../../messages/posts/index.ts'
import { announceAdded, announceRemoved } from './events.ts'
import { desist } from './insisting-store.ts'
import {
  type AcknowledgementRow,
  deleteAcknowledgement,
  findAcknowledgement,
  hasAcknowledgements,
  insertAcknowledgement,
} from './store.ts'

/** How long a person can take an acknowledgement back. */
const UNDO_MS = 5 * 60_000

const shown = (row: AcknowledgementRow, channelId: string): Acknowledgement => ({
  ...row,
  channel_id: channelId,
  remote_id: '',
})

/**
 * The first acknowledgement counts. Repeating it changes nothing, so it does not extend the time for taking
 * it back.
 */
export const save = async (
  context: Context,
  _input: unknown,
  { post, channel }: SeenPost<PostRow>,
): Promise<Acknowledgement> => {
  const { db, actor, now } = context
  const earlier = await findAcknowledgement(db, post.id, actor.userId)
  if (earlier) return shown(earlier, channel.id)
  const row: AcknowledgementRow = { post_id: post.id, user_id: actor.userId, acknowledged_at: now }
  await insertAcknowledgement(db, row)
  await desist(db, post.id, actor.userId)
  await notePost(context, post.id, { has_acknowledgements: true })
  announceAdded(context, shown(row, channel.id))
  return shown(row, channel.id)
}

export const remove = async (context: Context, _input: unknown, { post, channel }: SeenPost<PostRow>) => {
  const { db, actor, now } = context
  const row = await findAcknowledgement(db, post.id, actor.userId)
  if (!row) return { status: 'OK' as const }
  if (now > row.acknowledged_at + UNDO_MS) throw new Fault('acknowledgements.deadline')
  await deleteAcknowledgement(db, post.id, actor.userId)
  await notePost(context, post.id, { has_acknowledgements: await hasAcknowledgements(db, post.id) })
  announceRemoved(context, shown({ ...row, acknowledged_at: 0 }, channel.id))
  await announcePostChanged(context, post)
  return { status: 'OK' as const }
}
