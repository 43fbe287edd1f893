/**
 * Fetches the previews of posts after they are written, with one job per post and a few at a time; nobody
 * waits for it. The results are kept for an hour, for the next person who posts the same link.
 */
import { type Context, change, system } from '../../../core/context.ts'
import { forgetChannelCaches } from '../../../core/own-effects.ts'
import { addJobs, each, queue } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { announcePostChanged, findPosts, lockPost, notePost, type PostRow } from '../posts/index.ts'
import { fetchPreview } from './fetching.ts'
import { linksIn, mayPreview } from './links.ts'
import {
  erasePreviewsOf,
  findPreviews,
  insertPostPreview,
  LOOKING,
  type PreviewRow,
  savePreview,
  takeWaiting,
} from './store.ts'

const AT_ONCE = 4
const KEPT_MS = 60 * 60_000

/** The previews of addresses, from stored results or from the addresses themselves. */
const previewsOf = async (server: Server, urls: readonly string[]): Promise<Map<string, PreviewRow>> => {
  const now = Date.now()
  const known = await findPreviews(server.db, urls, now - KEPT_MS)
  const rows = new Map(known.map((row) => [row.url, row]))
  const mayAsk = (url: string) => mayPreview(url, server.settings())
  const missing = urls.filter((url) => !rows.has(url))
  const fetched = await Promise.all(missing.map((url) => fetchPreview(server, url, mayAsk)))
  for (const [index, url] of missing.entries()) {
    const preview = fetched[index]
    if (preview) rows.set(url, { url, fetched_at: now, ...preview })
  }
  return rows
}

/** Adds the previews to the post, unless the post has changed meanwhile. */
const show = (server: Server, post: PostRow, link: string | undefined, rows: Map<string, PreviewRow>) =>
  change(server, { actor: system }, async (context) => {
    const { db } = context
    const current = await lockPost(db, post.id)
    if (!current || current.delete_at > 0 || current.message !== post.message) return
    await erasePreviewsOf(db, [post.id])
    for (const row of [...rows.values()].sort((a, b) => (a.url < b.url ? -1 : 1))) await savePreview(db, row)
    // Other posts may show the same preview.
    context.effect(forgetChannelCaches, {})
    const shown = [...rows.values()].filter(({ type }) => type !== '')
    for (const [index, { url }] of shown.entries())
      await insertPostPreview(db, post.id, url === link ? 0 : index + 1, url)
    if (shown.length === 0 && !current.has_previews) return
    await notePost(context, post.id, { has_previews: shown.length > 0 })
    await announcePostChanged(context, post)
  })

const MOST_TRIES = 2
const AGAIN_MS = 5000
/** The most waiting posts of an earlier version that get a job in one transaction. */
const MANY = 500

const stopped = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })

export const looking = queue<{ post_id: string }>({
  name: LOOKING,
  atOnce: AT_ONCE,
  retry: { most: MOST_TRIES, firstMs: AGAIN_MS, longestMs: AGAIN_MS },
  run: each(async (server, { payload }, signal) => {
    const [post] = await findPosts(server.db, [payload.post_id])
    if (!post || post.delete_at > 0 || !server.settings().ServiceSettings.EnableLinkPreviews) return 'done'
    const { link, images } = linksIn(post.message, server.settings())
    const urls = [...new Set([...(link === undefined ? [] : [link]), ...images])]
    if (urls.length === 0) return 'done'
    const rows = await Promise.race([previewsOf(server, urls), stopped(signal)])
    if (!rows || signal.aborted) return { laterMs: 0 }
    await show(server, post, link, rows)
    return 'done'
  }),
})

/** In a transaction that changes a post: queues the fetching of its links. */
export const lookAt = (context: Context, postId: string) =>
  addJobs(context, looking, [{ payload: { post_id: postId } }])

/** Posts in the queue table of an earlier version. */
export const keepJobs = async (server: Server): Promise<void> => {
  for (let found = MANY; found === MANY; ) {
    found = await change(server, { actor: system }, async (context) => {
      const ids = await takeWaiting(context.db, MANY)
      await addJobs(
        context,
        looking,
        ids.map((id) => ({ payload: { post_id: id } })),
      )
      return ids.length
    })
  }
}
