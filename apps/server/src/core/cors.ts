/**
 * CORS as in v4: pages of other sites that may use the API from a browser. Without `AllowCorsFrom` no reply
 * has CORS headers. Replies to a page whose origin is not listed have none either, so its browser keeps the
 * answer from it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from './server.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const DAY_S = 24 * 60 * 60

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** An origin, in which one `*` may stand for any part: `https://*.example.org`. Case is ignored. */
const matches = (pattern: string, origin: string): boolean => {
  const [begin = '', end, more] = pattern.toLowerCase().split('*')
  const asked = origin.toLowerCase()
  if (end === undefined) return asked === begin
  if (more !== undefined) return false
  return asked.length >= begin.length + end.length && asked.startsWith(begin) && asked.endsWith(end)
}

/** The value of `Access-Control-Allow-Origin` for a page; undefined if it may not read the answer. */
export const allowedOrigin = (allowed: string, origin: string): string | undefined => {
  const patterns = wordsOf(allowed)
  if (patterns.includes('*')) return '*'
  return patterns.some((pattern) => matches(pattern, origin)) ? origin : undefined
}

const isPreflight = ({ method, headers }: FastifyRequest) =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/**
 * Adds the headers that let a browser show the reply to a page of another site. Returns true for a preflight,
 * which needs no more answer than 204.
 */
export const addCors = (server: Server, request: FastifyRequest, reply: FastifyReply): boolean => {
  const { AllowCorsFrom, CorsAllowCredentials, CorsExposedHeaders, CorsDebug } =
    server.settings().ServiceSettings
  if (AllowCorsFrom === '') return false
  const asksBefore = isPreflight(request)
  const asked = asksBefore ? ', Access-Control-Request-Method, Access-Control-Request-Headers' : ''
  // Even if the origin is not allowed: a cache must not show one page's answer to another.
  reply.header('vary', `Accept-Encoding, Origin${asked}`)
  const { origin } = request.headers
  if (origin === undefined) return asksBefore
  const allowed = allowedOrigin(AllowCorsFrom, origin)
  if (CorsDebug) server.log.info({ request: request.id, origin, isAllowed: allowed !== undefined }, 'CORS')
  if (allowed === undefined) return asksBefore
  const method = request.headers['access-control-request-method']?.toUpperCase() ?? ''
  if (asksBefore && !METHODS.includes(method)) return true
  reply.header('access-control-allow-origin', allowed)
  // If every origin is allowed, none may act as the person who is signed in with the browser.
  if (CorsAllowCredentials && allowed !== '*') reply.header('access-control-allow-credentials', 'true')
  if (asksBefore) {
    reply.header('access-control-allow-methods', method)
    const headers = request.headers['access-control-request-headers']
    if (headers !== undefined) reply.header('access-control-allow-headers', headers)
    reply.header('access-control-max-age', String(DAY_S))
    return true
  }
  const exposed = wordsOf(CorsExposedHeaders).join(', ')
  if (exposed !== '') reply.header('access-control-expose-headers', exposed)
  return false
}
