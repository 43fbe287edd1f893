/**
 * What is served beside the API: the built web client, and the few files that browsers and robots request
 * from every server.
 */
import { hash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isForPrograms } from './core/addresses.ts'
import { Gzippable } from './core/compression.ts'
import { localeOf } from './core/faults.ts'
import { endWhenStalled } from './core/large-replies.ts'
import { isKnownAs, sendGzippable } from './core/reply.ts'
import type { Server } from './core/server.ts'
import { type OpenApi, referencePage } from './reference.ts'

/**
 * What our pages may load: only resources of this server. Inline styles are positions and sizes that
 * components compute.
 */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ')

/** What the page will ask for, by language: values of the header `Link` (apps/web/build/preloads.ts). */
type Preloads = Record<string, { signedOut: string[]; signedIn: string[] }>

const preloadsIn = async (folder: string): Promise<Preloads> => {
  const text = await readFile(join(folder, 'preload.json'), 'utf8').catch(() => '{}')
  return JSON.parse(text) as Preloads
}

/** The cookie only says that somebody signed in here; whether the session is valid does not matter. */
const seemsSignedIn = ({ headers }: FastifyRequest) => /(?:^|; *)MMUSERID=./.test(headers.cookie ?? '')

/**
 * The web client. Browsers keep hashed files for good, and every path that is no file returns the app itself.
 */
const serveClient = async (http: FastifyInstance, server: Server, folder: string) => {
  // As in v4: another program serves the files then.
  http.addHook('onRequest', async (_request, reply) =>
    server.settings().ServiceSettings.WebserverMode === 'disabled' ? reply.callNotFound() : undefined,
  )
  await http.register(staticFiles, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(response, path) {
      const isHashed = path.startsWith(join(folder, 'static'))
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      response.header('content-security-policy', policy)
    },
  })
  const preloads = await preloadsIn(folder)
  http.get('/*', async (request, reply) => {
    if (isForPrograms(request.url)) return reply.callNotFound()
    const links = preloads[localeOf('', request.headers['accept-language'], 'en')]
    if (links) reply.header('link', (seemsSignedIn(request) ? links.signedIn : links.signedOut).join(', '))
    return await reply.sendFile('index.html')
  })
}

// Nobody should index a chat; crawlers learn that even if no client has been built.
const ROBOTS = 'User-agent: *\nDisallow: /\n'

const REFERENCE = join(import.meta.dirname, '../../../docs/reference/openapi.json')

type Made = { body: Gzippable; tag: string }

const tagged = (bytes: Buffer): Made => ({
  body: new Gzippable(bytes),
  tag: hash('sha1', bytes, 'base64url'),
})

const makeReference = async (): Promise<{ document: Made; page: Made }> => {
  const document = await readFile(REFERENCE)
  const page = Buffer.from(referencePage(JSON.parse(document.toString()) as OpenApi))
  return { document: tagged(document), page: tagged(page) }
}

/**
 * The API reference, for programs and for people. It says nothing that anybody could not find out by calling
 * the API, so anybody may read it, as often as they like: it is made once.
 */
const serveReference = (http: FastifyInstance) => {
  let making: ReturnType<typeof makeReference> | undefined
  const made = () => {
    making ??= makeReference().catch((error: unknown) => {
      making = undefined
      throw error
    })
    return making
  }
  const answer = (reply: FastifyReply, { tag, body }: Made) => {
    endWhenStalled(reply)
    return isKnownAs(reply, tag, body.bytes.length) ? reply.code(304).send() : sendGzippable(reply, body)
  }
  http.get('/api/plausch/openapi.json', { config: { mayCompress: true } }, async (_request, reply) => {
    const { document } = await made()
    reply.header('content-type', 'application/json')
    return answer(reply, document)
  })
  http.get('/reference', { config: { mayCompress: true } }, async (_request, reply) => {
    const { page } = await made()
    reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', policy)
    return answer(reply, page)
  })
}

const isReadable = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** Serves pages; `folder` is the built web client, without which only the API is served. */
export const servePages = async (
  http: FastifyInstance,
  server: Server,
  folder: string | undefined,
): Promise<void> => {
  http.get('/robots.txt', async (_request, reply) => await reply.type('text/plain').send(ROBOTS))
  serveReference(http)
  if (folder !== undefined && (await isReadable(join(folder, 'index.html')))) {
    await http.register((scope) => serveClient(scope, server, folder))
  }
}
