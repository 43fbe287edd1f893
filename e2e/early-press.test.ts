/** Menus, keys and dialogs whose code is still on its way: whoever presses early gets what they pressed. */
import type { TestServer } from '@plausch/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, serveClient, settleIn, type Visitor, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let mia: Visitor

beforeAll(async () => {
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
  const { page } = mia
  await settleIn(page, 'Mia', 'Early')
  const box = page.getByRole('main').getByRole('textbox').last()
  await box.fill('first words')
  await box.press('Escape')
  await box.press('Enter')
  await page.getByRole('main').getByText('first words').waitFor()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Opens the chat anew, without a service worker, while everything of the program but its start is held back. */
const withHeldCode = async (press: (page: Page) => Promise<void>, check: (page: Page) => Promise<void>) => {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'en-GB',
    viewport: { width: 1366, height: 768 },
    serviceWorkers: 'block',
  })
  await context.addCookies(await mia.context.cookies())
  const page = await context.newPage()
  const held = Promise.withResolvers<void>()
  let count = 0
  await page.route(/\/static\/(?!start-|chat-|entry-|rolldown-runtime-)[^/]+\.js$/, async (route) => {
    count += 1
    await held.promise
    await route.continue()
  })
  await page.goto('/')
  await page.getByRole('main').getByText('first words').waitFor()
  await press(page)
  await expect.poll(() => count).toBeGreaterThan(0)
  held.resolve()
  await check(page)
  await context.close()
}

it('a menu opens with everything in it', () =>
  withHeldCode(
    (page) => page.getByRole('button', { name: /Your account/ }).click(),
    async (page) => {
      await page.getByRole('menuitem', { name: 'Settings' }).waitFor()
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    },
  ))

it('the menu of a message opens at a press of the right button', () =>
  withHeldCode(
    (page) =>
      page
        .getByRole('article')
        .last()
        .click({ button: 'right', position: { x: 300, y: 4 } }),
    (page) => page.getByRole('menuitem', { name: 'Delete' }).waitFor(),
  ))

it('keys for everywhere do what they are for', () =>
  withHeldCode(
    (page) => page.keyboard.press('Alt+Shift+S'),
    (page) => page.getByRole('complementary', { name: 'Saved messages' }).waitFor(),
  ))

it('the key of a message does its action', () =>
  withHeldCode(
    async (page) => {
      await page.getByRole('article').last().focus()
      await page.keyboard.press('Delete')
    },
    (page) => page.getByRole('alertdialog').waitFor(),
  ))

it('the switcher opens', () =>
  withHeldCode(
    (page) => page.getByRole('button', { name: /^Go to/ }).click(),
    (page) => page.getByRole('combobox').waitFor(),
  ))

it('Esc takes back what is still on its way', () =>
  withHeldCode(
    async (page) => {
      await page.getByRole('button', { name: /^Go to/ }).click()
      await page.keyboard.press('Escape')
    },
    async (page) => {
      await page.getByRole('main').getByRole('textbox').last().waitFor()
      await page.keyboard.press('Control+/')
      await page.getByRole('dialog').waitFor()
      expect(await page.getByRole('dialog').count()).toBe(1)
      expect(await page.getByRole('combobox').count()).toBe(0)
    },
  ))

it('the composer that arrives late leaves the focus where it was moved to', () =>
  withHeldCode(
    (page) => page.getByRole('article').last().focus(),
    async (page) => {
      await page.getByRole('main').getByRole('textbox').last().waitFor()
      await page.keyboard.press('Delete')
      await page.getByRole('alertdialog').waitFor()
    },
  ))
