import { search } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { maySearchFiles, maySearchFilesInTeam, maySearchPosts, maySearchPostsInTeam } from './access.ts'
import { searchFiles, searchFilesInTeam } from './file-search.ts'
import { searchPosts, searchPostsInTeam } from './service.ts'

export default routes(search, {
  posts: on(maySearchPosts, searchPosts).reading,
  postsInTeam: on(maySearchPostsInTeam, searchPostsInTeam).reading,
  files: on(maySearchFiles, searchFiles).reading,
  filesInTeam: on(maySearchFilesInTeam, searchFilesInTeam).reading,
})
