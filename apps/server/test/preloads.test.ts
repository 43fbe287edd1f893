/** The page is sent with links to what it will ask for: more of it for people who are signed in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverForTest } from '@plausch/testkit'
import { expect, it, onTestFinished } from 'vitest'

const serve = async (preloads?: object) => {
  const webFolder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  onTestFinished(() => rm(webFolder, { recursive: true }))
  await writeFile(join(webFolder, 'index.html'), '<!doctype html>')
  if (preloads) await writeFile(join(webFolder, 'preload.json'), JSON.stringify(preloads))
  const { url } = await serverForTest({ webFolder })
  return async (headers: Record<string, string> = {}) => (await fetch(`${url}/lab`, { headers })).headers
}

const links = (language: string) => ({
  signedOut: [`</static/entry-${language}.js>; rel=modulepreload`],
  signedIn: [`</static/chat-${language}.js>; rel=modulepreload`, '</static/chat.css>; rel=preload; as=style'],
})

it('names the files of the chat to browsers that have a session, in their language', async () => {
  const ask = await serve({ en: links('en'), de: links('de') })
  expect((await ask()).get('link')).toBe(links('en').signedOut.join(', '))
  const german = { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' }
  expect((await ask(german)).get('link')).toBe(links('de').signedOut.join(', '))
  expect((await ask({ ...german, cookie: 'MMCSRF=x; MMUSERID=y' })).get('link')).toBe(
    links('de').signedIn.join(', '),
  )
})

it('serves a client whose build names nothing', async () => {
  const ask = await serve()
  expect((await ask({ cookie: 'MMUSERID=y' })).get('link')).toBeNull()
})
