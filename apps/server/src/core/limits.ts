/**
 * v4's RateLimitSettings; off by default. There is a bucket for each address, and for each person if the
 * settings say so. It holds `MaxBurst` requests and refills with `PerSec`. Signing in has a separate, smaller
 * bucket. Headers and status: protocol, semantics 6.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress, networkOf } from './client-address.ts'
import type { Server } from './server.ts'

type Bucket = { left: number; at: number }
type Rate = { perSecond: number; burst: number }

const SIGN_IN: Rate = { perSecond: 5, burst: 10 }
const SIGN_IN_PATH = '/api/v4/users/login'

export type Limits = {
  /** Takes one request from its buckets. Returns false if it was answered with 429. */
  admit(request: FastifyRequest, reply: FastifyReply): boolean
}

/** Identifies the caller, as far as the settings distinguish people. Keeps only the hash of a credential. */
const askerOf = (server: Server, request: FastifyRequest): string => {
  const { VaryByRemoteAddr, VaryByUser } = server.settings().RateLimitSettings
  const { authorization = '', cookie = '' } = request.headers
  const token = /MMAUTHTOKEN=([^;]+)/.exec(cookie)?.[1] ?? authorization
  const person = VaryByUser && token !== '' ? createHash('sha256').update(token).digest('base64url') : ''
  return `${VaryByRemoteAddr ? networkOf(clientAddress(server, request.raw)) : ''} ${person}`
}

export const openLimits = (server: Server): Limits => {
  const buckets = new Map<string, Bucket>()

  /** What is left in a bucket after this request; below 0 if it was empty. */
  const take = (name: string, { perSecond, burst }: Rate, now: number): number => {
    const known = buckets.get(name) ?? { left: burst, at: now }
    const filled = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond)
    const left = filled - 1
    buckets.delete(name)
    // A refused request takes nothing; otherwise a client that keeps asking would never get in again.
    buckets.set(name, { left: left < 0 ? filled : left, at: now })
    const [oldest] = buckets.keys()
    const most = server.settings().RateLimitSettings.MemoryStoreSize
    if (buckets.size > most && oldest !== undefined) buckets.delete(oldest)
    return left
  }

  return {
    admit(request, reply) {
      const { Enable, PerSec, MaxBurst } = server.settings().RateLimitSettings
      if (!Enable) return true
      const isSignIn = request.url.split('?')[0] === SIGN_IN_PATH
      const rate = isSignIn ? SIGN_IN : { perSecond: PerSec, burst: MaxBurst }
      const left = take(`${isSignIn ? 'in' : ''} ${askerOf(server, request)}`, rate, performance.now())
      const seconds = String(Math.max(1, Math.ceil(-left / rate.perSecond)))
      reply.header('x-ratelimit-limit', String(rate.burst))
      reply.header('x-ratelimit-remaining', String(Math.max(Math.floor(left), 0)))
      reply.header('x-ratelimit-reset', seconds)
      if (left >= 0) return true
      reply.header('retry-after', seconds)
      reply.code(429).type('text/plain; charset=utf-8').send('limit exceeded')
      return false
    },
  }
}
