/**
 * What happens when a part of the page fails, or cannot be loaded because the server has a new version: the
 * part says so, the rest stays usable, and nobody sees an empty page.
 */
import { type Place, place, write } from '@plausch/testkit'
import { posts, users } from '@plausch/wire'
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, signInByApi, webFolder } from './browser.ts'

let at: Place
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

/** Ana's page, signed in. The service worker would have all parts already. */
const enter = async (locale = 'en-GB'): Promise<{ page: Page; logged: string[] }> => {
  const context = await browser.newContext({
    ...{ baseURL: at.server.url, locale, serviceWorkers: 'block', reducedMotion: 'reduce' },
    viewport: { width: 1366, height: 768 },
  })
  context.setDefaultTimeout(20_000)
  contexts.push(context)
  const page = await context.newPage()
  const logged: string[] = []
  page.on('console', (message: ConsoleMessage) => logged.push(message.text()))
  await signInByApi(context, at.ana)
  return { page, logged }
}

const open = async (page: Page): Promise<void> => {
  await page.goto(`/${at.team.name}/channels/town-square`)
  await page.locator('[data-composer] textarea').waitFor()
}

/** The server has no such file any more. */
const withdraw = (page: Page, name: string): Promise<unknown> =>
  page.route(new RegExp(`/static/${name}`), (route) => route.fulfill({ status: 404, body: '' }))
const restore = (page: Page, name: string): Promise<void> => page.unroute(new RegExp(`/static/${name}`))

it('a message that cannot be shown says so; the others, and writing, work', async () => {
  const broken = await write(at.bo, at.townSquare, 'confidential figures')
  await write(at.bo, at.townSquare, 'a sound message')
  const { page, logged } = await enter()
  await page.route('**/api/v4/channels/*/posts**', async (route) => {
    const response = await route.fetch()
    const list = (await response.json()) as { posts: Record<string, { metadata: unknown }> }
    const post = list.posts[broken.id]
    if (post) post.metadata = { reactions: 'none that can be counted' }
    await route.fulfill({ response, json: list })
  })
  await open(page)
  const main = page.getByRole('main')
  const alert = main.getByRole('alert').filter({ hasText: 'This part of the page did not work.' })
  await alert.waitFor()
  await main.getByText('a sound message').waitFor()
  expect(await main.getByText('confidential figures').count()).toBe(0)
  await picture(page, 'faults-message')
  await expectAccessible(page, 'a message that failed')

  await alert.getByRole('button', { name: 'Try again' }).press('Enter')
  await alert.waitFor()
  await main.getByRole('textbox').last().fill('written all the same')
  await main.getByRole('textbox').last().press('Enter')
  await main.getByRole('article').filter({ hasText: 'written all the same' }).first().waitFor()
  const failures = logged.filter((text) => text.includes('This part of the page failed: message.'))
  expect(failures).not.toEqual([])
  expect(logged.join('\n')).not.toContain('confidential')

  // Its author changes it: with the new content it is shown.
  const body = { message: 'public figures' }
  await at.bo.call(posts.patch, { params: { post_id: broken.id }, body })
  await main.getByText('public figures').waitFor()
  expect(await alert.count()).toBe(0)
})

it('a pane that cannot be loaded says so, is tried again, and can be closed', async () => {
  const { page } = await enter()
  await open(page)
  await withdraw(page, 'SearchPane-.*js')
  await page.keyboard.press('Control+Shift+F')
  const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
  await alert.getByRole('button', { name: 'Reload' }).waitFor()
  await picture(page, 'faults-pane')
  await alert.getByRole('button', { name: 'Close' }).click()
  await alert.waitFor({ state: 'detached' })

  await page.keyboard.press('Control+Shift+F')
  await alert.waitFor()
  await restore(page, 'SearchPane-.*js')
  await alert.getByRole('button', { name: 'Try again' }).press('Enter')
  await page.getByRole('complementary', { name: 'Search' }).waitFor()
  expect(await alert.count()).toBe(0)
})

it('a dialog that cannot be loaded becomes a notice that offers a reload, in the language of the person', async () => {
  await at.ana.call(users.patch, { params: { user_id: 'me' }, body: { locale: 'de' } })
  const { page } = await enter('de-DE')
  await open(page)
  await withdraw(page, 'Settings-')
  await page.keyboard.press('Control+,')
  const notices = page.getByRole('region', { name: 'Hinweise' })
  await notices.getByText('Dieser Teil der Seite konnte nicht geladen werden.').waitFor()
  await picture(page, 'faults-dialog-de')
  await expectAccessible(page, 'a dialog that failed')
  await page.locator('[data-composer] textarea').fill('bleibt')
  await restore(page, 'Settings-')
  const loaded = page.waitForEvent('load')
  await notices.getByRole('button', { name: 'Neu laden' }).click()
  await loaded
  await expect.poll(() => page.locator('[data-composer] textarea').inputValue()).toBe('bleibt')
  await page.keyboard.press('Control+,')
  await page.getByRole('dialog', { name: 'Einstellungen' }).waitFor()
  await at.ana.call(users.patch, { params: { user_id: 'me' }, body: { locale: 'en' } })
})

it('a page that cannot be loaded at all says so, and is tried again', async () => {
  const { page } = await enter()
  await withdraw(page, 'chat-.*js')
  await page.goto(`/${at.team.name}/channels/town-square`)
  await page.getByRole('heading', { name: 'This page did not work' }).waitFor()
  await page.getByText('could not be loaded').waitFor()
  await page.getByRole('button', { name: 'Reload' }).waitFor()
  await picture(page, 'faults-page')
  await expectAccessible(page, 'a page that failed')
  await restore(page, 'chat-.*js')
  await page.getByRole('button', { name: 'Try again' }).press('Enter')
  await page.locator('[data-composer] textarea').waitFor()
})

it('a page whose first texts cannot be loaded is not left empty', async () => {
  const { page } = await enter('de-DE')
  await withdraw(page, 'entry-')
  await page.goto('/')
  await page.getByText('Plausch konnte nicht geladen werden.').waitFor()
})
