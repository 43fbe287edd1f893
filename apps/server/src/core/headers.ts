/**
 * Headers that every answer has: what browsers may do with it, and which server and request it belongs to.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from './server.ts'

const isApi = (request: FastifyRequest) => request.url.startsWith('/api/')

/** Methods that change nothing. */
export const isSafe = (method: string) => method === 'GET' || method === 'HEAD'

const YEAR_S = 365 * 24 * 60 * 60

/** Tells browsers to come back by https only. Never for subdomains: they may be servers of other people. */
const addTransport = (server: Server, reply: FastifyReply): void => {
  const { SiteURL, TLSStrictTransport, TLSStrictTransportMaxAge } = server.settings().ServiceSettings
  if (!SiteURL.startsWith('https:')) return
  const maxAge = TLSStrictTransport ? TLSStrictTransportMaxAge : YEAR_S
  reply.header('strict-transport-security', `max-age=${maxAge}`)
}

export const addHeaders = (server: Server, request: FastifyRequest, reply: FastifyReply): void => {
  reply.header('x-request-id', request.id)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('permissions-policy', '')
  // No page of another site may keep a handle on a window of ours that it opened, or embed our content.
  reply.header('cross-origin-opener-policy', 'same-origin-allow-popups')
  reply.header('cross-origin-resource-policy', 'same-site')
  addTransport(server, reply)
  reply.header('x-version-id', server.versionId())
  // Replies to reads may be compressed (compression.ts).
  reply.header('vary', 'Accept-Encoding')
  // Not Cache-Control: official clients read the version only from answers without it.
  if (isApi(request) && isSafe(request.method)) reply.header('expires', '0')
}
