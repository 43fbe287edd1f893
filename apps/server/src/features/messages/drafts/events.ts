import type { Draft } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { memberRemoved } from '../../places/members/index.ts'
import type { PostEraser } from '../posts/index.ts'
import { shownDraft } from './records.ts'
import { deleteDraftsIn, deleteDraftsOfThreads } from './store.ts'

type Told = 'draft_created' | 'draft_updated' | 'draft_deleted'

/** Sent to the writer's other clients. The client that made the change already knows. */
export const announceDraft = (context: Context, event: Told, draft: Draft): void =>
  context.publish(
    event,
    { draft: JSON.stringify(draft) },
    { users: [draft.user_id], channel: draft.channel_id, omitConnection: context.request.connectionId },
  )

/** Drafts of replies to threads that are gone. */
export const eraseOfThreads: PostEraser = async (context, postIds) => {
  for (const row of await deleteDraftsOfThreads(context.db, postIds)) {
    announceDraft(context, 'draft_deleted', { ...shownDraft(row), delete_at: context.now })
  }
}

export default [
  within(memberRemoved, async ({ db }, { channel, user_id }) => {
    await deleteDraftsIn(db, user_id, channel.id)
  }),
]
