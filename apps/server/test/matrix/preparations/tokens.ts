import { tokens } from '@plausch/wire'
import { aboutWhom, type Preparations } from '../draft.ts'

export const tokensPreparations: Preparations = {
  'tokens.revoke': async (draft) => {
    const { owner } = draft.scene
    // A deactivated person has no token: they ask about another person's.
    const whom = draft.actor === 'deactivated' ? draft.scene.target : aboutWhom(draft)
    const params = { user_id: whom.id }
    draft.body = { token_id: (await owner.call(tokens.create, { params, body: { description: 'x' } })).id }
  },
}
