import { guests } from '@plausch/wire'
import { body, type Draft, type Preparations } from '../draft.ts'

const ofGuest = (draft: Draft) => {
  draft.params.user_id = draft.scene.people.guest.id
}

export const guestsPreparations: Preparations = {
  'guests.get': ofGuest,
  'guests.setEnd': (draft) => {
    ofGuest(draft)
    draft.body = { end_at: Date.now() + 86_400_000 }
    draft.after = async () => {
      const params = { user_id: draft.scene.people.guest.id }
      await draft.scene.owner.call(guests.setEnd, { params, body: { end_at: 0 } })
    }
  },
  'guests.listByIds': body(({ scene }) => [scene.people.guest.id]),
}
