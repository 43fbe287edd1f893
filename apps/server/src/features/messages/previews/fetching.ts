/**
 * Fetches an address within the limits of core/outgoing.ts: the request reaches no internal host and carries
 * none of our data.
 */
import type { OpenGraph, PostImage } from '@plausch/wire'
import { measure } from '../../../core/images.ts'
import { callOutBeside, type OutgoingReply } from '../../../core/outgoing.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { openWorker } from '../../../core/worker.ts'
import type { PageBytes } from './page-worker.ts'
import type { PreviewRow } from './store.ts'

const TIMEOUT_MS = 5000
const MOST_BYTES = 1024 * 1024

const ask = (server: Server, url: string, accept: string): Promise<OutgoingReply> =>
  callOutBeside(server, url, { timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, headers: { accept } })

const typeOf = ({ headers }: OutgoingReply) =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const isFine = ({ status }: OutgoingReply) => status >= 200 && status < 300

/** The size of a picture, from its first bytes. */
const pictureIn = async (server: Server, bytes: Buffer): Promise<PostImage | undefined> => {
  const picture = await measure(server, bytes)
  if (!picture) return undefined
  const { format, width, height, frames } = picture
  // As in v4, only animated pictures have frames.
  return { format, width, height, frame_count: format === 'gif' ? frames : 0 }
}

/** Two seconds are a thousand times what an ordinary page takes. */
const PAGE_LIMITS = { timeoutMs: 2000, heapMb: 64 }

const pageReaderOf = perServer('the thread that parses pages', 'bounds what this server does at once', () =>
  openWorker<PageBytes, OpenGraph | undefined>(new URL('./page-worker.ts', import.meta.url), PAGE_LIMITS),
)

/** Call this when the server stops. */
export const stopReading = (server: Server): Promise<void> => pageReaderOf(server).stop()

type Preview = Pick<PreviewRow, 'type' | 'data' | 'images'>

const NOTHING: Preview = { type: '', data: null, images: {} }

const ofPage = async (
  server: Server,
  reply: OutgoingReply,
  mayAsk: (url: string) => boolean,
): Promise<Preview> => {
  const { url, body: bytes } = reply
  const data = await pageReaderOf(server).run({ url, type: reply.headers['content-type'] ?? '', bytes })
  if (!data) return { ...NOTHING, type: 'link' }
  const first = data.images[0]?.secure_url ?? data.images[0]?.url
  if (first === undefined || !mayAsk(first)) return { type: 'opengraph', data, images: {} }
  const picture = await ask(server, first, 'image/*').then(
    (image) => (isFine(image) ? pictureIn(server, image.body) : undefined),
    () => undefined,
  )
  return { type: 'opengraph', data, images: picture ? { [first]: picture } : {} }
}

/** The preview of an address. "Nothing can be reached there" is a result, too. */
export const fetchPreview = async (
  server: Server,
  url: string,
  mayAsk: (url: string) => boolean,
): Promise<Preview> => {
  try {
    const reply = await ask(server, url, 'text/html, image/*;q=0.9')
    if (!isFine(reply)) return NOTHING
    const type = typeOf(reply)
    if (type === 'text/html' || type === 'application/xhtml+xml') return await ofPage(server, reply, mayAsk)
    const picture = type.startsWith('image/') ? await pictureIn(server, reply.body) : undefined
    return picture ? { type: 'image', data: null, images: { [url]: picture } } : NOTHING
  } catch {
    return NOTHING
  }
}
