import { aboutWhom, type Draft, type Preparations } from '../draft.ts'

const onePreference = (draft: Draft) => {
  draft.body = [{ user_id: aboutWhom(draft).id, category: 'theme', name: 'x', value: '1' }]
}

export const preferencesPreparations: Preparations = {
  'preferences.save': onePreference,
  'preferences.remove': onePreference,
}
