/**
 * The client works from its local copy: it starts while the server is slow or away, keeps what is written
 * meanwhile, and forgets what was deleted. The tests build on each other.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApi } from '@plausch/client'
import { type Person, signIn, type TestServer } from '@plausch/testkit'
import { type Channel, channels, onboarding, posts, sessions } from '@plausch/wire'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, outputFolder, serveClient, visit } from './browser.ts'
import { type SlowWay, slowWay } from './slow-way.ts'

const PASSWORD = 'ein langes Passwort'

let server: TestServer
let way: SlowWay
let browser: Browser
let context: BrowserContext
let page: Page
let jan: Person
let townSquare: Channel

const settle = async (): Promise<void> => {
  const api = createApi({ baseUrl: server.url })
  const mia = { username: 'mia', email: 'mia@example.org', password: PASSWORD }
  await api.call(onboarding.signUp, { body: mia })
  await api.call(sessions.login, { body: { login_id: 'mia', password: PASSWORD } })
  const team = await api.call(onboarding.firstTeam, { body: { name: 'team', display_name: 'Team' } })
  const other = { username: 'jan', email: 'jan@example.org', password: PASSWORD }
  await api.call(onboarding.signUp, { query: { iid: team.invite_id }, body: other })
  const params = { team_id: team.id, channel_name: 'town-square' }
  townSquare = await api.call(channels.getByName, { params })
  jan = await signIn(server, 'jan', PASSWORD)
}

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  server = await serveClient()
  way = await slowWay(server.url)
  await settle()
  browser = await openBrowser()
  const mia = await visit(browser, way.url)
  context = mia.context
  page = mia.page
})
afterAll(async () => {
  await browser.close()
  await way.stop()
  await server.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await page.screenshot({ path: join(outputFolder, 'failed-offline.png') })
})

const write = (message: string) => jan.call(posts.create, { body: { channel_id: townSquare.id, message } })
const shown = (text: string, on = page) => on.getByRole('main').getByText(new RegExp(`^${text}( \\(|$)`))
const field = (on = page) => on.getByRole('main').getByRole('textbox').last()
const say = async (text: string): Promise<void> => {
  await field().fill(text)
  await page.keyboard.press('Enter')
  await shown(text).waitFor()
}

/** Runs in the page: the keys of a store of the local database; none if there is no database. */
const readKeys = (store: string) => `(async () => {
  const found = (await indexedDB.databases()).find(({ name }) => name.startsWith('plausch/'))
  if (!found) return []
  const opening = indexedDB.open(found.name)
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const asking = opening.result.transaction('${store}').objectStore('${store}').getAllKeys()
  await new Promise((resolve) => asking.addEventListener('success', resolve))
  opening.result.close()
  return asking.result
})()`
const keysIn = (on: Page, store: 'copies' | 'writings') => on.evaluate<string[]>(readKeys(store))

const isServed = () => page.evaluate('navigator.serviceWorker.ready.then(() => true)')

/** Waits until this post is in the local copy, and the copy is complete. */
const isCopied = async (postId: string): Promise<void> => {
  await expect
    .poll(() => keysIn(page, 'copies'))
    .toEqual(expect.arrayContaining([`posts/${postId}`, 'home/stamp', `timelines/${townSquare.id}`]))
}

it('keeps a copy of what was read, and the program', async () => {
  await page.goto('/login')
  await page.getByLabel('E-mail or username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
  await write('stays')
  await write('goes')
  await shown('goes').waitFor()
  await say('mine')
  const list = await jan.call(posts.listInChannel, { params: { channel_id: townSquare.id } })
  await isCopied(list.order[0] ?? '')
  await isServed()
})

it('paints messages before the API answers', async () => {
  way.delay = 5000
  way.answered = 0
  await page.reload()
  await shown('mine').waitFor({ timeout: 5000 })
  expect(way.answered).toBe(0)
  way.delay = 0
  await write('newer')
  await shown('newer').waitFor()
  expect(await shown('mine').count()).toBe(1)
})

/**
 * On a busy machine: the channel is drawn after the answer about the whole account, and what the copy had
 * asked for comes even later.
 */
const drawnLate = `(() => {
  const post = MessagePort.prototype.postMessage
  const held = []
  let isHeld = true
  MessagePort.prototype.postMessage = function (...all) {
    if (isHeld) held.push(() => post.apply(this, all))
    else post.apply(this, all)
  }
  const release = () => {
    isHeld = false
    for (const each of held) each()
  }
  const wait = (ms) => new Promise((done) => setTimeout(done, ms))
  const real = fetch
  window.fetch = async (asked, ...more) => {
    const url = new URL(asked.url ?? asked, location.href)
    const isHome = url.pathname.endsWith('/home')
    await wait(isHome ? 700 : url.searchParams.has('since') ? 2500 : 0)
    const answer = await real(asked, ...more)
    if (isHome) setTimeout(release, 500)
    return answer
  }
})()`

it('shows what came while it was away, also if the server answers before the page is drawn', async () => {
  const list = await jan.call(posts.listInChannel, { params: { channel_id: townSquare.id } })
  await isCopied(list.order[0] ?? '')
  await page.goto('about:blank')
  await write('meanwhile')
  const other = await page.context().newPage()
  await other.addInitScript(drawnLate)
  await other.goto(`${way.url}/team/channels/town-square`)
  await shown('meanwhile', other).waitFor()
  await other.close()
  await page.goto(way.url)
  await shown('meanwhile').waitFor()
})

it('forgets what was deleted while it was away', async () => {
  const list = await jan.call(posts.listInChannel, { params: { channel_id: townSquare.id } })
  const gone = Object.values(list.posts).find(({ message }) => message === 'goes')
  await isCopied(list.order[0] ?? '')
  await page.goto('about:blank')
  await jan.call(posts.remove, { params: { post_id: gone?.id ?? '' } })
  await write('newest')
  await page.goto(way.url)
  await shown('newest').waitFor()
  expect(await shown('goes').count()).toBe(0)
  expect(await shown('stays').count()).toBe(1)
  await expect.poll(() => keysIn(page, 'copies')).not.toContain(`posts/${gone?.id}`)
})

it('starts without the server; what is written waits, and is sent once and in order', async () => {
  await isServed()
  await context.setOffline(true)
  await page.goto('/')
  await shown('newest').waitFor()
  await field().click()
  await page.keyboard.press('ArrowUp')
  await page.getByLabel('Edit message').fill('mine, changed')
  await page.keyboard.press('Enter')
  await shown('mine, changed').waitFor()
  const written = [1, 2, 3, 4, 5].map((n) => `offline ${n}`)
  for (const text of written) await say(text)
  await expect
    .poll(
      async () => (await keysIn(page, 'writings')).filter((key) => /^(outbox|changes)\//.test(key)).length,
    )
    .toBe(6)
  await page.getByText('You are offline').waitFor()
  await page.screenshot({ path: join(outputFolder, 'offline.png') })
  await page.reload()
  await shown('mine, changed').waitFor()
  for (const text of written) await shown(text).waitFor()

  await context.setOffline(false)
  const texts = async () => {
    const { order, posts: all } = await jan.call(posts.listInChannel, {
      params: { channel_id: townSquare.id },
    })
    return order.map((id) => all[id]?.message ?? '').filter((text) => /^(offline|mine)/.test(text))
  }
  await expect.poll(texts).toEqual([...written.toReversed(), 'mine, changed'])
  await expect.poll(async () => (await keysIn(page, 'writings')).length).toBe(0)
  for (const text of written) expect(await shown(text).count()).toBe(1)
})

it('shows the draft of a page that crashed', async () => {
  await field().fill('half a sen')
  await expect.poll(() => keysIn(page, 'writings'), { interval: 50 }).toContain(`drafts/${townSquare.id}/`)
  const crashed = page
  const session = await context.newCDPSession(crashed)
  const isCrashed = crashed.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await isCrashed
  page = await context.newPage()
  await page.goto('/')
  await expect.poll(() => field().inputValue()).toBe('half a sen')
  await crashed.close()
})

it('keeps what was typed in the last moment before a reload', async () => {
  await field().fill('a whole sentence')
  await page.reload()
  await expect.poll(() => field().inputValue()).toBe('a whole sentence')
  await field().fill('')
})

it('can be installed', async () => {
  const session = await context.newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // Contexts of tests are private windows, in which nothing is ever installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const { errors } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
})

it('offers a new version, and works on with the old one', async () => {
  await isServed()
  way.isNewVersion = true
  await page.evaluate('navigator.serviceWorker.ready.then((found) => found.update()).then(() => true)')
  await page.getByText('There is a new version').waitFor()
  await expectAccessible(page, 'the offer of a new version')
  await page.screenshot({ path: join(outputFolder, 'new-version.png') })
  await say('still here')
  await field().fill('not sent yet')
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Reload' }).click()
  await loaded
  await expect.poll(() => field().inputValue()).toBe('not sent yet')
  await field().fill('')
})

it('works where service workers are forbidden', async () => {
  const plain = await browser.newContext({ baseURL: way.url, locale: 'en-GB', serviceWorkers: 'block' })
  await plain.addCookies(await context.cookies())
  const other = await plain.newPage()
  await other.goto('/')
  await shown('still here', other).waitFor()
  await plain.close()
})

it('signing out in one tab signs out the other, and deletes everything', async () => {
  const other = await context.newPage()
  await other.goto('/')
  await shown('still here', other).waitFor()
  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  for (const each of [page, other]) await each.getByLabel('E-mail or username').waitFor()
  const left = () =>
    page.evaluate(`(async () => ({
      databases: (await indexedDB.databases()).length,
      contents: (await caches.keys()).filter((name) => name.startsWith('plausch-content')).length,
    }))()`)
  await expect.poll(left).toEqual({ databases: 0, contents: 0 })
  await page.reload()
  await page.getByLabel('E-mail or username').waitFor()
})
