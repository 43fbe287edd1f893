import { write } from '@plausch/testkit'
import { body, type Draft, isOwn, type Preparations, roomOf } from '../draft.ts'

const changingPost = async (draft: Draft) => {
  const { scene } = draft
  const author = isOwn(draft) ? scene.people.inside : scene.owner
  draft.params.post_id = (await write(author, roomOf(draft), 'to be changed')).id
  draft.body = { id: draft.params.post_id, message: 'changed' }
}

export const postsPreparations: Preparations = {
  'posts.create': body((draft) => ({ channel_id: roomOf(draft).id, message: 'mine' })),
  'posts.patch': changingPost,
  'posts.update': changingPost,
  'posts.remove': changingPost,
}
