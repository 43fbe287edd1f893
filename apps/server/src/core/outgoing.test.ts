import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callOutBy, type OutgoingPolicy, type OutgoingProblem, type OutgoingRequest } from './outgoing.ts'
import { mayReach, readAllowed } from './outgoing-addresses.ts'

const asked: OutgoingRequest = { timeoutMs: 5000, maxBytes: 1000 }

const policyOf = (allowed: string, names: Record<string, string[]> = {}) => {
  const lookedUp: string[] = []
  const policy: OutgoingPolicy = {
    allowed,
    isInsecure: false,
    async resolve(name) {
      lookedUp.push(name)
      return (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
  return { ...policy, lookedUp }
}

/** A server on this machine that records its requests. */
const serve = async (answer: RequestListener) => {
  const seen: { url: string; method: string; headers: http.IncomingHttpHeaders; body: string }[] = []
  const server = http.createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body })
    answer(request, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}`, seen }
}

const fails = async (problem: OutgoingProblem, attempt: Promise<unknown>) => {
  await expect(attempt).rejects.toMatchObject({ name: 'OutgoingError', problem })
}

describe('addresses', () => {
  const none = readAllowed('')

  it.each([
    ['0.0.0.0'],
    ['10.1.2.3'],
    ['100.64.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['240.0.0.1'],
    ['255.255.255.255'],
    ['::'],
    ['::1'],
    ['::127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:8.8.8.8'],
    ['64:ff9b::7f00:1'],
    ['64:ff9b:1::1'],
    ['2002:7f00:1::1'],
    ['fc00::1'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['fec0::1'],
    ['ff02::1'],
    ['nonsense'],
  ])('%s is internal', (address) => {
    expect(mayReach(none, 'name.example', address)).toBe(false)
  })

  it.each([['8.8.8.8'], ['2606:4700::1111'], ['2a00:1450:4001::1']])('%s is public', (address) => {
    expect(mayReach(none, 'name.example', address)).toBe(true)
  })

  it('that administrators name are reached, and no others', () => {
    const allowed = readAllowed('10.0.0.0/8, fc00::/7\n192.168.1.5 build.example')
    expect(mayReach(allowed, 'a.example', '10.9.9.9')).toBe(true)
    expect(mayReach(allowed, 'a.example', '::ffff:10.9.9.9')).toBe(true)
    expect(mayReach(allowed, 'a.example', 'fd00::1')).toBe(true)
    expect(mayReach(allowed, 'a.example', '192.168.1.5')).toBe(true)
    expect(mayReach(allowed, 'a.example', '192.168.1.6')).toBe(false)
    expect(mayReach(allowed, 'Build.example', '192.168.1.6')).toBe(true)
    expect(mayReach(allowed, 'not.build.example', '192.168.1.6')).toBe(false)
  })
})

describe('a request', () => {
  it.each([
    'http://127.0.0.1:%/',
    'http://127.1:%/',
    'http://0x7f000001:%/',
    'http://2130706433:%/',
    'http://0:%/',
    'http://[::1]:%/',
    'http://[::ffff:127.0.0.1]:%/',
  ])('to %s does not reach this machine', async (pattern) => {
    const target = await serve((_, reply) => reply.end('secret'))
    await fails('forbidden', callOutBy(policyOf(''), pattern.replace('%', String(target.port)), asked))
    expect(target.seen).toEqual([])
  })

  it.each([
    'ftp://a.example/',
    'file:///etc/passwd',
    'gopher://a.example',
    'data:,x',
    'nothing',
    'http://u:p@a.example',
  ])('to %s is refused', async (address) => {
    const policy = policyOf('a.example')
    await fails('address', callOutBy(policy, address, asked))
    expect(policy.lookedUp).toEqual([])
  })

  it('resolves the name once and connects to an address that was checked', async () => {
    const target = await serve((_, reply) => reply.end('here'))
    // The name does not exist anywhere: a second lookup by the connection would fail.
    const policy = policyOf('only.invalid', { 'only.invalid': ['127.0.0.1'] })
    const reply = await callOutBy(policy, `http://only.invalid:${target.port}/x?y=1`, asked)
    expect(reply.body.toString()).toBe('here')
    expect(policy.lookedUp).toEqual(['only.invalid'])
    expect(target.seen[0]?.url).toBe('/x?y=1')
    expect(target.seen[0]?.headers.host).toBe(`only.invalid:${target.port}`)
    expect(Object.keys(target.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('is not made if one address of a name is internal', async () => {
    const target = await serve((_, reply) => reply.end('secret'))
    const policy = policyOf('', { 'two.invalid': ['8.8.8.8', '127.0.0.1'] })
    await fails('forbidden', callOutBy(policy, `http://two.invalid:${target.port}/`, asked))
    expect(target.seen).toEqual([])
  })

  it('fails if the name does not exist or nobody listens', async () => {
    await fails('unreachable', callOutBy(policyOf(''), 'http://none.invalid/', asked))
    await fails('unreachable', callOutBy(policyOf('127.0.0.1'), 'http://127.0.0.1:1/', asked))
  })

  it('reads no more bytes than the caller allows', async () => {
    const target = await serve((_, reply) => {
      const more = () => {
        while (!reply.destroyed && reply.write('x'.repeat(10_000)));
        if (!reply.destroyed) reply.once('drain', more)
      }
      more()
    })
    const reply = await callOutBy(policyOf('127.0.0.1'), target.url, asked)
    expect(reply.isCut).toBe(true)
    expect(reply.body).toHaveLength(1000)
  })

  it('refuses compressed answers', async () => {
    const target = await serve((_, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end('x'))
    await fails('unreachable', callOutBy(policyOf('127.0.0.1'), target.url, asked))
  })

  it('trusts no certificate without a known issuer, unless the settings say so', async () => {
    // A package for tests contains a self-signed one.
    const tlsOptions = createRequire(import.meta.url)('smtp-server/lib/tls-options.js') as (
      more: object,
    ) => https.ServerOptions
    const server = https.createServer(tlsOptions({}), (_, reply) => reply.end('over TLS'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await fails('unreachable', callOutBy(policyOf('127.0.0.1'), url, asked))
    const reply = await callOutBy({ ...policyOf('127.0.0.1'), isInsecure: true }, url, asked)
    expect(reply.body.toString()).toBe('over TLS')
  })

  it('gives up after its time-out: no answer, an endless one, a name that does not resolve', async () => {
    const silent = await serve(() => undefined)
    const soon = { ...asked, timeoutMs: 100 }
    await fails('timeout', callOutBy(policyOf('127.0.0.1'), silent.url, soon))
    const slow = await serve((_, reply) => void reply.write('x'))
    await fails('timeout', callOutBy(policyOf('127.0.0.1'), slow.url, soon))
    const never = { ...policyOf(''), resolve: () => new Promise<never>(() => undefined) }
    await fails('timeout', callOutBy(never, 'http://never.invalid/', soon))
  })

  it('follows a few redirects and checks each', async () => {
    const target = await serve((request, reply) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) reply.end('arrived')
      else reply.writeHead(302, { location: `/${left - 1}` }).end()
    })
    const policy = policyOf('127.0.0.1')
    const reply = await callOutBy(policy, `${target.url}/3`, asked)
    expect([reply.body.toString(), reply.url]).toEqual(['arrived', `${target.url}/0`])
    await fails('redirects', callOutBy(policy, `${target.url}/4`, asked))
    const first = await callOutBy(policy, `${target.url}/4`, { ...asked, maxRedirects: 0 })
    expect([first.status, first.headers.location]).toEqual([302, '/3'])
  })

  it('is led neither to internal addresses nor to another protocol by a redirect', async () => {
    const inside = await serve((_, reply) => reply.end('secret'))
    const outside = await serve((request, reply) => {
      const location = request.url === '/file' ? 'file:///etc/passwd' : `http://localhost:${inside.port}/`
      reply.writeHead(302, { location }).end()
    })
    const policy = policyOf('outer.invalid', { 'outer.invalid': ['127.0.0.1'], localhost: ['127.0.0.1'] })
    await fails('forbidden', callOutBy(policy, `http://outer.invalid:${outside.port}/`, asked))
    await fails('address', callOutBy(policy, `http://outer.invalid:${outside.port}/file`, asked))
    expect(inside.seen).toEqual([])
  })

  it('returns the redirect of a POST: nobody else gets its body', async () => {
    const other = await serve((_, reply) => reply.end())
    const target = await serve((_, reply) => reply.writeHead(307, { location: other.url }).end())
    const reply = await callOutBy(policyOf('127.0.0.1'), target.url, {
      ...asked,
      method: 'POST',
      body: '{"token":"ä"}',
    })
    expect(reply.status).toBe(307)
    expect(target.seen[0]).toMatchObject({ method: 'POST', body: '{"token":"ä"}' })
    expect(other.seen).toEqual([])
  })
})
