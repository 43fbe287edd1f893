/** Posts that the server writes by itself, in the transaction of what caused them. */
import type { Context } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import type { ChannelRow } from '../../channels/index.ts'
import type { UserRow } from '../../users/index.ts'
import { type NewRow, postOf } from './row.ts'
import { writePosts } from './store.ts'
import { tellPosted } from './tell.ts'

/** A post that the server writes. `marks_read`: its author has read the channel, unless said. */
export type Note = {
  type: string
  message: string
  props: Record<string, unknown>
  root_id?: string
  marks_read?: boolean
}

export const noted = async (
  context: Context,
  channel: Pick<ChannelRow, 'id'>,
  author: UserRow,
  note: Note,
): Promise<void> => {
  const { server, db, now } = context
  const row: NewRow = {
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
    in_conversation: false,
  }
  const [outcome] = await writePosts(server, db, [row], now)
  if (!outcome || outcome.create_at === null) return
  tellPosted(context, { post: postOf(row, outcome.create_at), author, setOnline: false }, outcome)
}
