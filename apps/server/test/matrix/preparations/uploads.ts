import { formWith } from '@plausch/testkit'
import { uploads } from '@plausch/wire'
import { body, type Draft, isOwn, living, type Preparations, roomOf } from '../draft.ts'

/** An upload of the actor, if they can start one, otherwise of the owner. */
const begun = async (draft: Draft) => {
  const { scene } = draft
  const by = isOwn(draft) && ['inside', 'root'].includes(draft.actor) ? living(draft) : null
  const { id } = await (by ?? scene.owner).call(uploads.create, {
    body: { channel_id: roomOf(draft).id, filename: 'x', file_size: 9 },
  })
  draft.params.upload_id = id
}

export const uploadsPreparations: Preparations = {
  'uploads.create': body((draft) => ({ channel_id: roomOf(draft).id, filename: 'x', file_size: 9 })),
  'uploads.get': begun,
  'uploads.send': async (draft) => {
    await begun(draft)
    draft.body = formWith('data', 'x', 'x')
  },
}
