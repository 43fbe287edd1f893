import { write } from '@plausch/testkit'
import { posts } from '@plausch/wire'
import { body, type Draft, isOwn, type Preparations, roomOf } from '../draft.ts'

const changingPost = async (draft: Draft) => {
  const { scene } = draft
  const author = isOwn(draft) ? scene.people.inside : scene.owner
  draft.params.post_id = (await write(author, roomOf(draft), 'to be changed')).id
  draft.body = { id: draft.params.post_id, message: 'changed' }
}

const editedPost = async (draft: Draft) => {
  const { scene, params } = draft
  const author = isOwn(draft) ? scene.people.inside : scene.owner
  const { id } = await write(author, roomOf(draft), 'before')
  await author.call(posts.patch, { params: { post_id: id }, body: { message: 'after' } })
  const [version] = await author.call(posts.history, { params: { post_id: id } })
  params.post_id = id
  params.restore_version_id = version?.id ?? ''
}

export const postsPreparations: Preparations = {
  'posts.create': body((draft) => ({ channel_id: roomOf(draft).id, message: 'mine' })),
  'typing.send': body((draft) => ({ channel_id: roomOf(draft).id })),
  'posts.patch': changingPost,
  'posts.update': changingPost,
  'posts.remove': changingPost,
  'posts.history': editedPost,
  'posts.restoreVersion': editedPost,
  'ephemeral.create': body((draft) => ({
    user_id: draft.scene.target.id,
    post: { channel_id: roomOf(draft).id, message: 'only for you' },
  })),
}
