/** How the built web client is served: what browsers keep, and for how long. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
let webFolder: string
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  await mkdir(join(webFolder, 'static'))
  await writeFile(join(webFolder, 'index.html'), '<!doctype html>')
  await writeFile(join(webFolder, 'static/a.js'), 'const a = 1')
  await writeFile(join(webFolder, 'service-worker.js'), 'const shellFiles = []')
  await writeFile(join(webFolder, 'manifest.webmanifest'), '{}')
  server = await startServer({ webFolder })
})
afterAll(async () => {
  await server.stop()
  await rm(webFolder, { recursive: true })
})

describe('the web client', () => {
  it('is kept for good where its name changes with it, and asked for again otherwise', async () => {
    const kept = async (path: string) => (await fetch(server.url + path)).headers.get('cache-control')
    expect(await kept('/static/a.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/team/channels/town', '/service-worker.js', '/manifest.webmanifest'])
      expect(await kept(path), path).toBe('no-cache')
  })

  it('may be installed: its service worker and its manifest come with their types', async () => {
    const typeOf = async (path: string) => (await fetch(server.url + path)).headers.get('content-type')
    expect(await typeOf('/service-worker.js')).toMatch(/^(text|application)\/javascript/)
    expect(await typeOf('/manifest.webmanifest')).toMatch(/^application\/manifest\+json/)
    const { headers } = await fetch(`${server.url}/`)
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of ["worker-src 'self'", "manifest-src 'self'"]) expect(policy).toContain(rule)
  })

  it('answers for a part of an earlier version that it is gone, not with the page', async () => {
    expect((await fetch(`${server.url}/static/old.js`)).status).toBe(404)
  })
})
