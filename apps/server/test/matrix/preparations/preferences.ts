import { preferences } from '@plausch/wire'
import { aboutWhom, type Draft, type Preparations } from '../draft.ts'

const onePreference = (draft: Draft) => {
  draft.body = [{ user_id: aboutWhom(draft).id, category: 'theme', name: 'x', value: '1' }]
}

export const preferencesPreparations: Preparations = {
  'preferences.get': async (draft) => {
    const { id } = aboutWhom(draft)
    const one = { user_id: id, category: 'theme', name: 'kept', value: '1' }
    await draft.scene.owner.call(preferences.save, { params: { user_id: id }, body: [one] })
    draft.params.preference_name = 'kept'
  },
  'preferences.save': onePreference,
  'preferences.remove': onePreference,
}
