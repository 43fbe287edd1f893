import { search } from '@plausch/wire'
import { on, routes } from '../../core/route.ts'
import { maySearchPosts, maySearchPostsInTeam } from './access.ts'
import { searchPosts, searchPostsInTeam } from './service.ts'

export default routes(search, {
  posts: on(maySearchPosts, searchPosts).reading,
  postsInTeam: on(maySearchPostsInTeam, searchPostsInTeam).reading,
})
