/** Pictures from elsewhere, fetched by the server, so that whoever offers them does not learn who looks at them. */
import type { InputOf, previews } from '@plausch/wire'
import { limitConcurrency } from '../../../core/concurrency-limit.ts'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { measure } from '../../../core/images.ts'
import { callOut, OutgoingError } from '../../../core/outgoing.ts'
import { Raw } from '../../../core/route.ts'

const TIMEOUT_MS = 10_000
const MOST_BYTES = 10 * 1024 * 1024
/** What browsers show, and nothing that could run in them. */
const shown = new Set(['png', 'jpeg', 'gif', 'webp'])

/** Each holds its picture in memory; browsers ask for six things at once of one server. */
const atOnce = limitConcurrency(12, () => new Fault('limits.too_many_requests', { seconds: 1 }))

const gone = () => new Fault('previews.no_image')

const fetchImage = async (context: Context, url: string): Promise<Raw> => {
  const { server, head } = context
  const reply = await callOut(context, url, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    headers: { accept: 'image/*' },
  }).catch((error: unknown) => {
    throw error instanceof OutgoingError ? gone() : error
  })
  if (reply.status !== 200 || reply.isCut) throw gone()
  const picture = await measure(server, reply.body)
  if (!picture || !shown.has(picture.format)) throw gone()
  head.header('cache-control', 'private, max-age=86400')
  head.header('content-security-policy', "default-src 'none'; sandbox")
  return new Raw(reply.body, `image/${picture.format}`)
}

/**
 * For what is on this server clients are sent there. Elsewhere nobody is sent: with v4, which does so where the proxy is off, a link to the chat
 * could lead anywhere.
 */
export const image = async (context: Context, { query }: InputOf<typeof previews.image>): Promise<Raw> => {
  const { ServiceSettings, ImageProxySettings } = context.server.settings()
  const site = ServiceSettings.SiteURL || context.request.origin
  const url = query.url === '' ? null : URL.parse(query.url, site)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'url' })
  if (ImageProxySettings.Enable && url.host !== URL.parse(site)?.host)
    return await atOnce(context, () => fetchImage(context, url.href))
  if (url.host !== URL.parse(site)?.host) throw gone()
  // Two slashes would begin the name of another server.
  context.head.header('location', `${url.pathname.replace(/^\/+/, '/')}${url.search}`)
  return new Raw('', '', 302)
}
