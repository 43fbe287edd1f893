import { posts } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { isOneself } from '../../people/users/index.ts'
import { mayLookInto, mayReadChannel } from '../../places/channels/index.ts'
import {
  mayDeletePost,
  mayEditPost,
  mayGetPost,
  mayKnowOfPost,
  mayMarkInChannel,
  mayReadHistory,
  mayReadPost,
  mayRestoreVersion,
} from './access.ts'
import { fileInfos } from './files.ts'
import { history, restoreVersion } from './history.ts'
import { listByIds, listInChannel, listPinned, listSaved, thread } from './reading/lists.ts'
import { editPost, getPost, pin, postInfo, removePost, unpin } from './service.ts'
import { mayPostIn } from './writing/access.ts'
import { createPost } from './writing/create.ts'

export default routes(posts, {
  create: on(mayPostIn, createPost).batched,
  get: on(mayGetPost, getPost),
  listByIds: on(signedIn, listByIds).reading,
  patch: on(mayEditPost, editPost),
  update: on(mayEditPost, editPost),
  remove: on(mayDeletePost, removePost),
  listInChannel: on(mayLookInto, listInChannel),
  listPinned: on(mayReadChannel, listPinned),
  listSaved: on(isOneself, listSaved),
  pin: on(mayMarkInChannel, pin),
  unpin: on(mayMarkInChannel, unpin),
  info: on(mayKnowOfPost, postInfo),
  history: on(mayReadHistory, history),
  restoreVersion: on(mayRestoreVersion, restoreVersion),
  thread: on(mayReadPost, thread),
  files: on(mayReadPost, fileInfos),
})
