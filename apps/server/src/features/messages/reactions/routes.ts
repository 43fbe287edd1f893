import { reactions } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { mayReadPost } from '../posts/index.ts'
import { mayReact, mayRemoveReaction } from './access.ts'
import { list, listOfPosts, remove, save } from './service.ts'

export default routes(reactions, {
  save: on(mayReact, save),
  list: on(mayReadPost, list),
  listOfPosts: on(signedIn, listOfPosts).reading,
  remove: on(mayRemoveReaction, remove),
})
