import { preferences } from '@plausch/wire'
import { aboutWhom, body, type Draft, type Preparations } from '../draft.ts'

/** A status among the person's recent ones. */
const recent = async (draft: Draft) => {
  const { id } = aboutWhom(draft)
  const status = { emoji: 'tea', text: 'drinking tea' }
  const value = JSON.stringify([status])
  const one = { user_id: id, category: 'custom_status', name: 'recent_custom_statuses', value }
  await draft.scene.owner.call(preferences.save, { params: { user_id: id }, body: [one] })
  draft.body = status
}

export const presencePreparations: Preparations = {
  'presence.set': body((draft) => ({ user_id: aboutWhom(draft).id, status: 'away' })),
  'presence.setCustom': body(() => ({ emoji: 'coffee', text: 'at the coffee machine' })),
  'presence.removeRecent': recent,
  'presence.removeRecentByPost': recent,
}
