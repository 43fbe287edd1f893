/** Looking behind an address, with the limits of core/outgoing.ts: nothing of the inside is reached, and nothing of ours is sent along. */
import type { PostImage } from '@plausch/wire'
import { measure } from '../../core/images.ts'
import { callOut, type OutgoingReply } from '../../core/outgoing.ts'
import type { Server } from '../../core/server.ts'
import type { PreviewRow } from './store.ts'

const TIMEOUT_MS = 5000
const MOST_BYTES = 1024 * 1024

const ask = (server: Server, url: string, accept: string): Promise<OutgoingReply> =>
  callOut(server, url, { timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, headers: { accept } })

const typeOf = ({ headers }: OutgoingReply) =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const isFine = ({ status }: OutgoingReply) => status >= 200 && status < 300

/** The size of a picture, from its first bytes. */
const pictureIn = async (server: Server, bytes: Buffer): Promise<PostImage | undefined> => {
  const picture = await measure(server, bytes)
  if (!picture) return undefined
  const { format, width, height, frames } = picture
  // As v4 has it, only what moves has frames.
  return { format, width, height, frame_count: format === 'gif' ? frames : 0 }
}

const charsetOf = (reply: OutgoingReply): string =>
  /charset="?([\w-]+)/i.exec(reply.headers['content-type'] ?? '')?.[1] ??
  /<meta[^>]+charset=["']?([\w-]+)/i.exec(reply.body.subarray(0, 2048).toString('latin1'))?.[1] ??
  'utf-8'

const decoded = (reply: OutgoingReply): string => {
  try {
    return new TextDecoder(charsetOf(reply)).decode(reply.body)
  } catch {
    return reply.body.toString('utf8')
  }
}

type Preview = Pick<PreviewRow, 'type' | 'data' | 'images'>

const NOTHING: Preview = { type: '', data: null, images: {} }

const ofPage = async (
  server: Server,
  reply: OutgoingReply,
  mayAsk: (url: string) => boolean,
): Promise<Preview> => {
  // With a parser of HTML, that a start should not wait for.
  const { readPage } = await import('./page.ts')
  const data = readPage(reply.url, decoded(reply))
  if (!data) return { ...NOTHING, type: 'link' }
  const first = data.images[0]?.secure_url ?? data.images[0]?.url
  if (first === undefined || !mayAsk(first)) return { type: 'opengraph', data, images: {} }
  const picture = await ask(server, first, 'image/*').then(
    (image) => (isFine(image) ? pictureIn(server, image.body) : undefined),
    () => undefined,
  )
  return { type: 'opengraph', data, images: picture ? { [first]: picture } : {} }
}

/** What is behind an address. That nothing can be reached there is an answer, too. */
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
