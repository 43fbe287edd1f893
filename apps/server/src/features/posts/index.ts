export {
  checkRoot,
  lockedPost,
  mayBeRewritten,
  mayPostIn,
  mayReadPost,
  type SeenPost,
} from './access.ts'
export { openCookie, type SealedPost } from './action-cookies.ts'
export { type Action, actionIn } from './attachments.ts'
export { addFragment, type Fragment, type NewRow, type Outcome, type Part } from './batch-store.ts'
export { rewriteEphemeral, sendEphemeral } from './ephemeral.ts'
export { postEdited, postInserted, postsDeleted } from './events.ts'
export { writable as writablePosts } from './heavy.ts'
export { listedPosts, readable as readablePosts, shownPosts } from './lists.ts'
export { newestPage } from './newest.ts'
export { type Note, noted } from './noted.ts'
export { collapsed, rootsOf, stretchAround } from './pages.ts'
export { addPermalinks } from './permalinks.ts'
export { announceChanged as announcePostChanged } from './publish.ts'
export { postList, shownPost } from './records.ts'
export { checkMessage, checkProps, mentionMarks, reservedIn } from './rules.ts'
export { changePost, createPost, notePost } from './service.ts'
export {
  findingPosts,
  findPosts,
  lockPost,
  type PostRow,
  type ThreadedPost,
} from './store.ts'
