export {
  checkRoot,
  judgePosting,
  lockedPost,
  mayBeRewritten,
  mayPostIn,
  mayReadPost,
  type SeenPost,
} from './access.ts'
export { postEdited, postInserted, postsDeleted, postsWritten } from './events.ts'
export { writable as writablePosts } from './heavy.ts'
export { listedPosts, readable as readablePosts, shownPosts } from './lists.ts'
export { type MetadataPart, postMetadata } from './metadata.ts'
export { namedIn } from './named.ts'
export { newestPage } from './newest.ts'
export { collapsed, rootsOf, stretchAround } from './pages.ts'
export { addPermalinks } from './permalinks.ts'
export { announceChanged as announcePostChanged } from './publish.ts'
export { postList, shownPost } from './records.ts'
export { checkMessage, checkProps, mentionMarks, reservedIn } from './rules.ts'
export { changePost, notePost } from './service.ts'
export {
  findingPosts,
  findPosts,
  lockPost,
  type PostRow,
  type ThreadedPost,
} from './store.ts'
export { createPost } from './writing/create.ts'
export { type Note, noted, notedTogether } from './writing/noted.ts'
export {
  type Batch,
  type Contribution,
  type Part,
  type Relation,
  relation,
  writingParts,
} from './writing/part.ts'
export { type NewRow, postOf } from './writing/row.ts'
