import { posts } from '@plausch/wire'
import { on, routes, signedIn } from '../../core/route.ts'
import { mayReadChannel } from '../channels/index.ts'
import { mayDeletePost, mayEditPost, mayPostIn, mayReadPost } from './access.ts'
import { listByIds, listInChannel, thread } from './lists.ts'
import { createPost, editPost, getPost, removePost } from './service.ts'

export default routes(posts, {
  create: on(mayPostIn, createPost).batched,
  get: on(mayReadPost, getPost),
  listByIds: on(signedIn, listByIds).reading,
  patch: on(mayEditPost, editPost),
  update: on(mayEditPost, editPost),
  remove: on(mayDeletePost, removePost),
  listInChannel: on(mayReadChannel, listInChannel),
  thread: on(mayReadPost, thread),
})
