import { write } from '@plausch/testkit'
import { drafts } from '@plausch/wire'
import { type Draft, living, type Preparations, roomOf } from '../draft.ts'

const begun = async (draft: Draft, root_id = '') => {
  const { inside } = draft.scene.people
  await inside.call(drafts.save, { body: { channel_id: roomOf(draft).id, message: 'begun', root_id } })
}

export const draftsPreparations: Preparations = {
  'drafts.save': (draft) => {
    const { id } = roomOf(draft)
    draft.body = { channel_id: id, message: 'begun' }
    draft.after = async () => {
      const params = { user_id: 'me', channel_id: id }
      await living(draft)
        ?.call(drafts.remove, { params })
        .catch(() => undefined)
    }
  },
  'drafts.remove': (draft) => begun(draft),
  'drafts.removeOfThread': async (draft) => {
    const { id } = await write(draft.scene.owner, roomOf(draft), 'root')
    draft.params.thread_id = id
    await begun(draft, id)
  },
}
