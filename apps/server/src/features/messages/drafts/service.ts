import type { Draft, drafts, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import type { SeenPlace } from '../../places/channels/index.ts'
import { checkMessage, checkProps, checkRoot } from '../posts/writing/index.ts'
import { announceDraft } from './events.ts'
import { shownDraft } from './records.ts'
import { type DraftRow, deleteDraft, draftsInTeam, upsertDraft } from './store.ts'

/** Clients delete the draft of every message that they send, even if there is none. */
const drop = async (context: Context, userId: string, channelId: string, rootId: string): Promise<void> => {
  const gone = await deleteDraft(context.db, userId, channelId, rootId)
  if (gone) announceDraft(context, 'draft_deleted', { ...shownDraft(gone), delete_at: context.now })
}

/** Saves the draft of a place. An empty draft deletes the stored one. */
export const save = async (
  context: Context,
  { body }: InputOf<typeof drafts.save>,
  { channel }: SeenPlace,
): Promise<Draft> => {
  const { db, actor, now } = context
  const rootId = body.root_id ?? ''
  const given: DraftRow = {
    user_id: actor.userId,
    channel_id: channel.id,
    root_id: rootId,
    create_at: now,
    update_at: now,
    message: checkMessage(body.message ?? ''),
    type: body.type ?? '',
    props: checkProps(body.props ?? {}, actor),
    file_ids: body.file_ids ?? [],
    priority: body.priority ?? null,
  }
  if (given.message === '' && given.file_ids.length === 0) {
    await drop(context, actor.userId, channel.id, rootId)
    return { ...shownDraft(given), delete_at: now }
  }
  await checkRoot(context, channel.id, rootId)
  const row = await upsertDraft(db, given)
  const draft = shownDraft(row ?? given)
  announceDraft(context, row?.is_new ? 'draft_created' : 'draft_updated', draft)
  return draft
}

export const list = async (
  { db }: Context,
  _input: unknown,
  { userId, teamId }: { userId: string; teamId: string },
): Promise<Draft[]> => (await draftsInTeam(db, userId, teamId)).map(shownDraft)

type InPlace = { params: { channel_id: string; thread_id?: string } }

const removeIn = async (context: Context, { params }: InPlace, userId: string) => {
  await drop(context, userId, params.channel_id, params.thread_id ?? '')
  return { status: 'OK' as const }
}

export const remove = (context: Context, input: { params: { channel_id: string } }, userId: string) =>
  removeIn(context, input, userId)

export const removeOfThread = (
  context: Context,
  input: { params: { channel_id: string; thread_id: string } },
  userId: string,
) => removeIn(context, input, userId)
