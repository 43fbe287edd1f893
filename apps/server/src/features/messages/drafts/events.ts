import type { Draft } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { within } from '../../../core/facts.ts'
import { memberRemoved } from '../../places/members/index.ts'
import { postsDeleted } from '../posts/index.ts'
import { shownDraft } from './records.ts'
import { deleteDraftsIn, deleteDraftsOfThreads } from './store.ts'

type Told = 'draft_created' | 'draft_updated' | 'draft_deleted'

/** To the writer's other clients; the one that did it knows. */
export const announceDraft = (context: Context, event: Told, draft: Draft): void =>
  context.publish(
    event,
    { draft: JSON.stringify(draft) },
    { users: [draft.user_id], channel: draft.channel_id, omitConnection: context.request.connectionId },
  )

export default [
  within(postsDeleted, async (context, { ids }) => {
    for (const row of await deleteDraftsOfThreads(context.db, ids)) {
      announceDraft(context, 'draft_deleted', { ...shownDraft(row), delete_at: context.now })
    }
  }),
  within(memberRemoved, async ({ db }, { channel, user_id }) => {
    await deleteDraftsIn(db, user_id, channel.id)
  }),
]
