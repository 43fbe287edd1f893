import { write } from '@plausch/testkit'
import { reactions } from '@plausch/wire'
import { isOwn, type Preparations, roomOf } from '../draft.ts'

export const reactionsPreparations: Preparations = {
  'reactions.save': async (draft) => {
    const { scene, kase, person } = draft
    const post = await write(scene.owner, roomOf(draft), 'of the owner')
    const user_id = kase === 'others' ? scene.target.id : (person?.id ?? scene.target.id)
    draft.body = { user_id, post_id: post.id, emoji_name: 'tada' }
  },
  'reactions.remove': async (draft) => {
    const { scene, params } = draft
    params.emoji_name = 'tada'
    if (isOwn(draft)) return
    params.user_id = scene.owner.id
    const body = { user_id: scene.owner.id, post_id: params.post_id ?? '', emoji_name: 'tada' }
    await scene.owner.call(reactions.save, { body })
  },
}
