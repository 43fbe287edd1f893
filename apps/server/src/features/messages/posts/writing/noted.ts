/** Posts that the server writes itself, in the transaction that causes them. */
import type { Context } from '../../../../core/context.ts'
import { newId } from '../../../../core/ids.ts'
import type { UserRow } from '../../../people/users/index.ts'
import type { ChannelRow } from '../../../places/channels/index.ts'
import { type NewRow, postOf } from './row.ts'
import { writePosts } from './store.ts'
import { tellPosted } from './tell.ts'

/**
 * A post that the server writes. By default its author then counts as having read the channel (`marks_read`).
 */
export type Note = {
  type: string
  message: string
  props: Record<string, unknown>
  root_id?: string
  marks_read?: boolean
}

type Noting = { channel: Pick<ChannelRow, 'id'>; author: UserRow; note: Note }

/** Writes several notes, of one or more channels, in one round trip. */
export const notedTogether = async (context: Context, all: readonly Noting[]): Promise<void> => {
  if (all.length === 0) return
  const { server, db, now } = context
  const rows = all.map(
    ({ channel, author, note }): NewRow => ({
      root_id: '',
      marks_read: true,
      ...note,
      id: newId(now),
      user_id: author.id,
      channel_id: channel.id,
      hashtags: '',
      pending_post_id: '',
      priority: null,
      file_ids: [],
      needs_no_membership: true,
      // Notes of the system mention nobody. For other notes the type of the channel is not known here.
      in_conversation: !note.type.startsWith('system_'),
    }),
  )
  const outcomes = await writePosts(server, db, rows, now)
  for (const [n, { author }] of all.entries()) {
    const [row, outcome] = [rows[n], outcomes[n]]
    if (row && outcome && outcome.create_at !== null)
      tellPosted(context, { post: postOf(row, outcome.create_at), author, setOnline: false }, outcome)
  }
}

export const noted = (
  context: Context,
  channel: Noting['channel'],
  author: UserRow,
  note: Note,
): Promise<void> => notedTogether(context, [{ channel, author, note }])
