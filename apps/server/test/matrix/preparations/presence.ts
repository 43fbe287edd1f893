import { aboutWhom, body, type Preparations } from '../draft.ts'

export const presencePreparations: Preparations = {
  'presence.set': body((draft) => ({ user_id: aboutWhom(draft).id, status: 'away' })),
}
