/** Earlier versions of a post. Its author may read them and restore one. They are deleted with the post. */
import type { InputOf, Post, posts } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { SeenPost } from './access.ts'
import { shownPost } from './records.ts'
import { changePost } from './service.ts'
import { findVersions, type PostRow, type VersionRow } from './store.ts'
import { checkEditTime, mentionMarks } from './writing/rules.ts'

/** v4 shows a version as a deleted post whose `original_id` names the current one. */
const shownVersion = (
  post: PostRow,
  { id, message, props, hashtags, edit_at, replaced_at }: VersionRow,
): Post => ({
  ...shownPost({
    ...post,
    message,
    props,
    hashtags,
    edit_at,
    update_at: replaced_at,
    delete_at: replaced_at,
  }),
  id,
  original_id: post.id,
})

export const history = async ({ db }: Context, _input: unknown, { post }: SeenPost): Promise<Post[]> =>
  (await findVersions(db, post.id)).map((version) => shownVersion(post, version))

export const restoreVersion = async (
  context: Context,
  { params }: InputOf<typeof posts.restoreVersion>,
  { post, can }: SeenPost<PostRow>,
): Promise<Post> => {
  const versions = await findVersions(context.db, post.id)
  const version = versions.find((each) => each.id === params.restore_version_id)
  if (!version) throw new Fault('posts.version_not_found')
  checkEditTime(context.server, post.create_at, context.now)
  return await changePost(context, post, {
    message: version.message,
    props: { ...version.props, ...mentionMarks(can) },
  })
}
