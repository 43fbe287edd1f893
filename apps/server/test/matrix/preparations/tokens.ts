import { tokens } from '@plausch/wire'
import { aboutWhom, type Preparations } from '../draft.ts'

export const tokensPreparations: Preparations = {
  'tokens.revoke': async (draft) => {
    const { owner } = draft.scene
    const params = { user_id: aboutWhom(draft).id }
    draft.body = { token_id: (await owner.call(tokens.create, { params, body: { description: 'x' } })).id }
  },
}
