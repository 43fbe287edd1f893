import { categories } from '@plausch/wire'
import { aboutWhom, body, type Draft, living, type Preparations } from '../draft.ts'

export const builtIn = (draft: Draft, type = 'channels') =>
  `${type}_${aboutWhom(draft).id}_${draft.scene.closed.id}`

const place = (draft: Draft) => ({ user_id: 'me', team_id: draft.scene.closed.id })

export const categoriesPreparations: Preparations = {
  'categories.create': body(() => ({ display_name: 'Made' })),
  'categories.updateAll': body((draft) => [{ id: builtIn(draft), collapsed: true }]),
  'categories.update': body((draft) => ({ id: builtIn(draft), collapsed: true })),
  'categories.setOrder': async (draft) => {
    const own = await living(draft)
      ?.call(categories.getOrder, { params: place(draft) })
      .catch(() => undefined)
    draft.body = own ?? ['favorites', 'channels', 'direct_messages'].map((type) => builtIn(draft, type))
  },
  'categories.remove': async (draft) => {
    const made = await living(draft)
      ?.call(categories.create, { params: place(draft), body: { display_name: 'Made' } })
      .catch(() => undefined)
    draft.params.category_id = made?.id ?? builtIn(draft)
  },
}
