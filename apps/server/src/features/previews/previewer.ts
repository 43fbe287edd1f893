/**
 * Looks at the links of posts after they are written, a few at a time: nobody waits for it. What waits is in the database, so a restart forgets
 * none; what was seen is kept for an hour, for the next who links there.
 */
import { change, system } from '../../core/context.ts'
import { effect } from '../../core/effects.ts'
import { forgetAllKept } from '../../core/own-effects.ts'
import { perServer, type Server } from '../../core/server.ts'
import { announcePostChanged, lockPost, notePost } from '../posts/index.ts'
import { fetchPreview, stopReading } from './fetching.ts'
import { linksIn, mayPreview } from './links.ts'
import {
  erasePreviewsOf,
  findPreviews,
  forgetWaiting,
  insertPostPreview,
  type PreviewRow,
  savePreview,
  takeWaiting,
  type Waiting,
} from './store.ts'

const AT_ONCE = 4
const KEPT_MS = 60 * 60_000

/** What is behind addresses, from what is known or from there. */
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

/** Shows the previews with the post, unless it says something else by now. */
const show = (server: Server, post: Waiting, link: string | undefined, rows: Map<string, PreviewRow>) =>
  change(server, { actor: system }, async (context) => {
    const { db } = context
    const current = await lockPost(db, post.id)
    if (!current || current.delete_at > 0 || current.message !== post.message) return
    await erasePreviewsOf(db, [post.id])
    for (const row of [...rows.values()].sort((a, b) => (a.url < b.url ? -1 : 1))) await savePreview(db, row)
    // Other posts may show the same.
    context.effect(forgetAllKept, {})
    const shown = [...rows.values()].filter(({ type }) => type !== '')
    for (const [index, { url }] of shown.entries())
      await insertPostPreview(db, post.id, url === link ? 0 : index + 1, url)
    if (shown.length === 0 && !current.has_previews) return
    await notePost(context, post.id, { has_previews: shown.length > 0 })
    await announcePostChanged(context, post)
  })

export type Previewer = { wake(): void; stop(): Promise<void> }

export const previewerOf = perServer(
  'the previewer',
  'work of this server: what waits is in the database',
  (server): Previewer => {
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    let isStopping = false
    let isAsked = false
    const busy = new Map<string, Promise<void>>()
    let looking: Promise<void> | undefined

    const preview = async (post: Waiting) => {
      const { link, images } = linksIn(post.message, server.settings())
      const urls = [...new Set([...(link === undefined ? [] : [link]), ...images])]
      const isOn = server.settings().ServiceSettings.EnableLinkPreviews
      if (isOn && urls.length > 0) {
        const rows = await Promise.race([previewsOf(server, urls), ended])
        // It waits for the next start.
        if (isStopping || !rows) return
        await show(server, post, link, rows)
      }
      await forgetWaiting(server.db, [post.id])
    }

    const look = async () => {
      while (!isStopping) {
        isAsked = false
        if (busy.size >= AT_ONCE) await Promise.race(busy.values())
        const post = isStopping ? undefined : await takeWaiting(server.db, [...busy.keys()])
        if (!post && !isAsked) return
        if (!post) continue
        const work = preview(post)
          .catch((error: unknown) =>
            server.log.warn({ err: error }, 'the links of a post could not be shown'),
          )
          .finally(() => busy.delete(post.id))
        busy.set(post.id, work)
      }
    }

    return {
      wake() {
        isAsked = true
        if (isStopping) return
        looking ??= look()
          .catch((error: unknown) =>
            server.log.warn({ err: error }, 'the links of posts wait to be looked at'),
          )
          .finally(() => {
            looking = undefined
          })
      },
      async stop() {
        isStopping = true
        end()
        await stopReading(server)
        await looking
        await Promise.all(busy.values())
      },
    }
  },
)

/** A post with links waits to be looked at. */
export const wakePreviewer = effect<Record<string, never>>('previews.wake', (server) =>
  previewerOf(server).wake(),
)
