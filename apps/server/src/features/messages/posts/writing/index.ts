export { postsWritten } from '../events.ts'
export { checkRoot, judgePosting, mayPostIn } from './access.ts'
export { createPost } from './create.ts'
export { namedIn } from './named.ts'
export { type Note, noted, notedTogether } from './noted.ts'
export {
  type Batch,
  type Contribution,
  type Part,
  type Relation,
  relation,
  writingParts,
} from './part.ts'
export { type NewRow, postOf } from './row.ts'
export { checkMessage, checkProps, mentionMarks, reservedIn } from './rules.ts'
