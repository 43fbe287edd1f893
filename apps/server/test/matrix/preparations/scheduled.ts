import { scheduled } from '@plausch/wire'
import { body, type Draft, isOwn, type Preparations, roomOf } from '../draft.ts'

const later = (draft: Draft) => ({
  channel_id: roomOf(draft).id,
  message: 'later',
  scheduled_at: Date.now() + 3_600_000,
})

const waiting = async (draft: Draft) => {
  const { scene } = draft
  const writer = isOwn(draft) ? scene.people.inside : scene.owner
  draft.params.scheduled_post_id = (await writer.call(scheduled.create, { body: later(draft) })).id
  draft.body = later(draft)
}

export const scheduledPreparations: Preparations = {
  'scheduled.create': body(later),
  'scheduled.update': waiting,
  'scheduled.remove': waiting,
}
