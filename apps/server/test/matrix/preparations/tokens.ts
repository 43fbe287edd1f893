import { tokens } from '@plausch/wire'
import { aboutWhom, type Preparations } from '../draft.ts'

export const tokensPreparations: Preparations = {
  'tokens.revoke': async (draft) => {
    const { owner } = draft.scene
    // Who is deactivated has no token: the one of another stands for what they ask.
    const whom = draft.actor === 'deactivated' ? draft.scene.target : aboutWhom(draft)
    const params = { user_id: whom.id }
    draft.body = { token_id: (await owner.call(tokens.create, { params, body: { description: 'x' } })).id }
  },
}
