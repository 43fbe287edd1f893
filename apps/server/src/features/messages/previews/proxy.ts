/** Fetches pictures from other hosts, so that those hosts do not learn who looks at them. */
import type { InputOf, previews } from '@plausch/wire'
import { limitConcurrency } from '../../../core/concurrency-limit.ts'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { measure } from '../../../core/images.ts'
import { callOut, OutgoingError } from '../../../core/outgoing.ts'
import { Raw } from '../../../core/route.ts'

const TIMEOUT_MS = 10_000
const MOST_BYTES = 10 * 1024 * 1024
/** Formats that browsers display and that cannot contain scripts. */
const shown = new Set(['png', 'jpeg', 'gif', 'webp'])

/** Each request holds its picture in memory; a browser sends six requests at once to one server. */
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
 * Redirects clients only to addresses of this server. v4 redirects to any address if the proxy is off, so a
 * link to the chat could lead anywhere.
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
  // Two slashes would start the name of another host.
  context.head.header('location', `${url.pathname.replace(/^\/+/, '/')}${url.search}`)
  return new Raw('', '', 302)
}
