import { within } from '../../../core/facts.ts'
import { notePost, postEdited } from '../posts/index.ts'
import { mayHaveLink } from './links.ts'
import { lookAt } from './previewer.ts'
import { erasePreviewsOf } from './store.ts'

export const listeners = [
  // The previews must match the links that the post has now.
  within(postEdited, async (context, { post }) => {
    await erasePreviewsOf(context.db, [post.id])
    if (post.has_previews) await notePost(context, post.id, { has_previews: false })
    const { EnableLinkPreviews } = context.server.settings().ServiceSettings
    if (EnableLinkPreviews && mayHaveLink(post.message)) await lookAt(context, post.id)
  }),
]
